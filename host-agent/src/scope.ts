/** Name and version of the instrumentation scope of everything that the agent emits. */
export const SCOPE = { name: '@llmscope/host-agent', version: '0.1.0' } as const
