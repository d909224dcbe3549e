import type { Command } from './command.ts'
import { prices } from './prices.ts'

/** Every command of `npx @llmscope/sdk`. */
export const commands: readonly Command[] = [prices]
