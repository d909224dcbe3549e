import type { Command } from './command.ts'

/** Every command of `npx @llmscope/sdk`. */
export const commands: readonly Command[] = []
