import { basename, extname, resolve } from 'node:path'
import { type Decoder, follow, type Kind } from '../files/follow.ts'
import { Lines } from '../files/lines.ts'
import type { Receiver, Receiving } from '../receiver.ts'
import { LineJournal } from './journal.ts'
import { parseLine } from './line.ts'
import { isTrainerState, trainerStates } from './trainer-state.ts'

const LONGEST_LINE = 2 ** 20

/** Lines of JSON as a script writes them, and the log history of Transformers' `Trainer`. */
export const jsonLines: Receiver = {
  name: 'json-lines',
  argument: '<path>',
  meaning:
    'a file of lines such as {"step":1,"loss":0.5}, a folder of *.jsonl and trainer_state.json, or - for stdin',
  open: async (setting, receiving) => {
    if (setting === '-') return fromStdin(receiving)
    return follow(resolve(setting), kindOf(receiving), receiving)
  },
}

function kindOf(receiving: Receiving): Kind {
  const openState = trainerStates(receiving)
  return {
    isOne: (path) => path.endsWith('.jsonl') || isTrainerState(path),
    isWhole: isTrainerState,
    open: (path) => (isTrainerState(path) ? openState(path) : linesOf(path, receiving)),
  }
}

function linesOf(path: string, receiving: Receiving): Decoder {
  let journal: LineJournal | undefined
  const reader = readerOf(path, receiving)
  return {
    push: (bytes, { stats }) => {
      journal ??= new LineJournal(
        {
          key: `json-lines\0${path}`,
          name: basename(path, extname(path)),
          startedAt: Math.min(stats.birthtimeMs || stats.mtimeMs, stats.mtimeMs),
          tellsEnd: false,
        },
        receiving,
      )
      reader(bytes, journal)
    },
    rest: ({ stats }) => journal?.tell(stats.mtimeMs),
    leave: () => journal?.leave(),
  }
}

/** Adds lines to a journal; one that is no line costs itself alone. */
function readerOf(
  source: string,
  { note }: Receiving,
): (bytes: Buffer, journal: LineJournal) => void {
  const complain = (offset: number, why: string): void =>
    note(`${source}, the line at offset ${offset} is left out: ${why}`)
  const lines = new Lines(LONGEST_LINE, (offset) =>
    complain(offset, `it is longer than ${LONGEST_LINE} bytes`),
  )
  return (bytes, journal) => {
    for (const [line, offset] of lines.push(bytes)) {
      if (line.trim() === '') continue
      try {
        journal.add(parseLine(line))
      } catch (error) {
        complain(offset, error instanceof Error ? error.message : String(error))
      }
    }
  }
}

function fromStdin(receiving: Receiving): () => Promise<void> {
  const startedAt = Date.now()
  const key = `json-lines\0stdin\0${process.ppid}\0${startedAt}`
  const journal = new LineJournal({ key, name: 'stdin', startedAt, tellsEnd: true }, receiving)
  const read = readerOf('stdin', receiving)
  const end = (): void => journal.end('completed', Date.now())
  const hear = (bytes: Buffer): void => {
    read(bytes, journal)
    journal.tell(Date.now())
  }
  process.stdin.on('data', hear).once('end', end)
  return async () => {
    process.stdin.off('data', hear).off('end', end).pause()
  }
}
