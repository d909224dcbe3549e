export { type Agent, startAgent } from './agent.ts'
export type { AgentOptions } from './options.ts'
