import { jsonLines } from './json-lines/index.ts'
import type { Receiver } from './receiver.ts'
import { tensorboard } from './tensorboard/index.ts'
import { wandb } from './wandb/index.ts'

/** Every receiver. */
export const receivers: readonly Receiver[] = [jsonLines, tensorboard, wandb]
