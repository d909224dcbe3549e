import { settingsOf } from '../../training/settings.ts'
import { resolve } from 'node:path'
import type { ToolRun } from '../../training/tool-run.ts'
import { type Decoder, type FileTold, follow } from '../files/follow.ts'
import type { Receiver, Receiving } from '../receiver.ts'
import { RunLog } from './log.ts'
import { readRecord, type WandbHistory, type WandbRecord, type WandbRun } from './record.ts'

const LARGEST_RECORD = 2 ** 24
// Weights & Biases tells these of each step by itself
const OWN = new Set(['_step', '_runtime', '_timestamp', '_wandb'])

/** Run files of Weights & Biases, as `WANDB_MODE=offline` writes them. */
export const wandb: Receiver = {
  name: 'wandb',
  argument: '<folder>',
  meaning: 'run files of Weights & Biases (WANDB_MODE=offline) in a folder and those within',
  open: async (setting, receiving) =>
    follow(
      resolve(setting),
      {
        isOne: (path) => path.endsWith('.wandb'),
        open: (path) => new RunFile(path, receiving),
      },
      receiving,
    ),
}

class RunFile implements Decoder {
  readonly #log: RunLog
  readonly #receiving: Receiving
  #told: WandbRun | undefined

  constructor(path: string, receiving: Receiving) {
    this.#receiving = receiving
    this.#log = new RunLog(LARGEST_RECORD, (offset) =>
      receiving.note(
        `${path}: the record at offset ${offset} is larger than ${LARGEST_RECORD} bytes, and is left out`,
      ),
    )
  }

  readonly push = (bytes: Buffer, { stats }: FileTold): void => {
    for (const record of this.#log.push(bytes)) this.#take(readRecord(record), stats.mtimeMs)
  }

  readonly rest = (): void => {}

  readonly leave = (): void => this.#run()?.leave()

  #take({ run: told, config, history, exitCode }: WandbRecord, written: number): void {
    if (told) this.#told = told
    const run = this.#run()
    if (!run) return
    if (told) run.settings(settingsOf(told.config))
    if (config) run.settings(settingsOf(config))
    if (history) this.#tell(history, run)
    if (exitCode !== undefined) run.end(exitCode === 0 ? 'completed' : 'failed', written)
  }

  #tell({ step, values }: WandbHistory, run: ToolRun): void {
    const logged = Object.entries(values).filter(([name]) => !OWN.has(name))
    const { _timestamp: seconds } = values
    if (logged.length === 0) return
    run.log({
      step: step ?? values['_step'],
      time: seconds === undefined ? Date.now() : seconds * 1000,
      values: Object.fromEntries(logged),
    })
  }

  #run(): ToolRun | undefined {
    const told = this.#told
    if (!told) return undefined
    const { id, project, title, sweep, group, startedAt = Date.now(), startingStep } = told
    const parent = sweep ?? group
    return this.#receiving.run({
      key: id,
      isUnique: true,
      name: project ?? title ?? 'wandb',
      startedAt,
      tellsEnd: true,
      ...(parent && { parent: { id: parent } }),
      ...(startingStep > 0 && { resumedAt: startingStep - 1 }),
    })
  }
}
