export type { ViewerOptions } from './options.ts'
export { startViewer, type Viewer } from './viewer.ts'
