export { buildStack, startStack } from './stack.ts'
export type { Stack, StackOptions, StackUrls } from './stack.ts'
export { readProfile } from './services/collector.ts'
