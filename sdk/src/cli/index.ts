import type { Command } from './command.ts'
import { doctor } from './doctor.ts'
import { prices } from './prices.ts'

/** Every command of `npx @llmscope/sdk`. */
export const commands: readonly Command[] = [doctor, prices]
