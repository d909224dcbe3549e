/** Name and version of the instrumentation scope of everything that the SDK emits. */
export const SCOPE = { name: '@llmscope/sdk', version: '0.1.0' } as const
