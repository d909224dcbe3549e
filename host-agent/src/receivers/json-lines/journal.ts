import type { Hyperparameters } from '@llmscope/sdk/training-parts'
import { settingsOf } from '../../training/settings.ts'
import type { ToolRun } from '../../training/tool-run.ts'
import type { Receiving } from '../receiver.ts'
import type { Line } from './line.ts'

/** What lines are of, where they do not say it themselves. */
export interface Source {
  readonly key: string
  readonly name: string
  readonly startedAt: number
  readonly tellsEnd: boolean
}

/** Hands lines on to their runs. Lines without a time are spread over the time since the lines before. */
export class LineJournal {
  readonly #receiving: Receiving
  readonly #source: Source
  readonly #lines: Line[] = []
  #until: number | undefined

  constructor(source: Source, receiving: Receiving) {
    this.#source = source
    this.#receiving = receiving
  }

  add(line: Line): void {
    this.#lines.push(line)
  }

  /** Hands on what was added; the last of it was written at `written`. */
  tell(written: number): void {
    const isFirst = this.#until === undefined
    const lines = this.#lines.splice(0)
    const since = Math.min(this.#until ?? this.#source.startedAt, written)
    lines.forEach((line, index) => {
      const guess = since + ((written - since) * (index + 1)) / lines.length
      this.#tell(line, guess, !isFirst)
    })
    if (lines.length > 0) this.#until = written
  }

  settings(settings: Hyperparameters): void {
    this.#run().settings(settings)
  }

  checkpoint(path: string, step: number, time: number): void {
    this.#run().checkpoint({ path, step, time })
  }

  end(outcome: 'completed' | 'failed', time: number): void {
    this.#run().end(outcome, time)
  }

  leave(): void {
    this.#run().leave()
  }

  #tell(line: Line, guess: number, isTimed: boolean): void {
    const { step, time, values, run: name, hyperparameters, outcome } = line
    const run = this.#run(name)
    if (hyperparameters) run.settings(settingsOf(hyperparameters))
    const at = time ?? guess
    if (Object.keys(values).length > 0) {
      run.log({ step, time: at, isTimed: isTimed || time !== undefined, values })
    }
    // Transformers' last line
    const isDone = 'train_runtime' in values ? 'completed' : undefined
    const ends = outcome ?? isDone
    if (ends) run.end(ends, at)
  }

  #run(name?: string): ToolRun {
    const source = this.#source
    const key = name === undefined ? source.key : `${source.key}\0${name}`
    return this.#receiving.run({ ...source, key, name: name ?? source.name })
  }
}
