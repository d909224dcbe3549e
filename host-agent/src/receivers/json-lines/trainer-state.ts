import { basename, dirname, relative } from 'node:path'
import { isObject } from '../../training/settings.ts'
import type { Decoder, FileTold } from '../files/follow.ts'
import type { Receiving } from '../receiver.ts'
import { LineJournal } from './journal.ts'
import { lineOf, parse } from './line.ts'

const FILE = 'trainer_state.json'
const CHECKPOINT = /^checkpoint-(\d+)$/
const LARGEST = 2 ** 26

/** A run by its output folder: each of its checkpoints has the history until then. */
interface Known {
  readonly journal: LineJournal
  /** Entries of the history that were handed on. */
  told: number
}

/** Whether the file is the state that Transformers' `Trainer` saves. */
export function isTrainerState(path: string): boolean {
  return basename(path) === FILE
}

/** Reads the states of any number of runs. */
export function trainerStates(receiving: Receiving): (path: string) => Decoder {
  const runs = new Map<string, Known>()
  const tell = (text: string, { path, stats }: FileTold): void => {
    const state = parse(text)
    if (!isObject(state) || !Array.isArray(state['log_history'])) {
      throw new TypeError('it has no log_history')
    }
    const [output, step] = placeOf(path)
    const startedAt = Math.min(stats.birthtimeMs || stats.mtimeMs, stats.mtimeMs)
    const source = { key: `transformers\0${output}`, name: basename(output), startedAt }
    const known = runs.get(output) ?? {
      journal: new LineJournal({ ...source, tellsEnd: false }, receiving),
      told: 0,
    }
    runs.set(output, known)
    const entries = state['log_history'].filter(isObject)
    for (const entry of entries.slice(known.told)) known.journal.add(lineOf(entry))
    known.told = Math.max(known.told, entries.length)
    known.journal.settings(settingsIn(state))
    known.journal.tell(stats.mtimeMs)
    if (step === undefined) return
    known.journal.checkpoint(relative(output, dirname(path)), step, stats.mtimeMs)
  }
  return () => new Whole(tell)
}

/** The output folder of the training, and the step where the state is that of a checkpoint. */
function placeOf(path: string): readonly [string, number | undefined] {
  const folder = dirname(path)
  const [, step] = CHECKPOINT.exec(basename(folder)) ?? []
  return step === undefined ? [folder, undefined] : [dirname(folder), Number(step)]
}

const SETTINGS = [
  'max_steps',
  'num_train_epochs',
  'train_batch_size',
  'logging_steps',
  'eval_steps',
]

function settingsIn(state: Readonly<Record<string, unknown>>): Record<string, number> {
  const settings: Record<string, number> = {}
  for (const name of SETTINGS) {
    const value = state[name]
    if (typeof value === 'number') settings[name] = value
  }
  return settings
}

/** A file that says something when it is there as a whole. */
class Whole implements Decoder {
  readonly #tell: (text: string, told: FileTold) => void
  #parts: Buffer[] = []
  #size = 0

  constructor(tell: (text: string, told: FileTold) => void) {
    this.#tell = tell
  }

  readonly push = (bytes: Buffer): void => {
    this.#size += bytes.length
    if (this.#size > LARGEST) throw new RangeError(`it is larger than ${LARGEST} bytes`)
    this.#parts.push(Buffer.from(bytes))
  }

  readonly rest = (told: FileTold): void => {
    const text = Buffer.concat(this.#parts).toString()
    // while it is written it has no end yet
    if (!text.trimEnd().endsWith('}')) return
    this.#tell(text, told)
    this.#parts = []
  }
}
