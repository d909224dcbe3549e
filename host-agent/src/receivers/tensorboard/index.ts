import { basename, dirname, relative, resolve } from 'node:path'
import { settingsOf } from '../../training/settings.ts'
import type { ToolRun } from '../../training/tool-run.ts'
import { type Decoder, follow } from '../files/follow.ts'
import type { Receiver, Receiving } from '../receiver.ts'
import { readEvent, type TensorboardEvent } from './event.ts'
import { TfRecords } from './tf-record.ts'

const LARGEST_RECORD = 2 ** 24
const DONE = /^(train\/)?train_runtime$/

/** Event files of TensorBoard: each folder that has some is a run. */
export const tensorboard: Receiver = {
  name: 'tensorboard',
  argument: '<folder>',
  meaning: 'event files of TensorBoard in a folder and those within',
  open: async (setting, receiving) => {
    const root = resolve(setting)
    return follow(
      root,
      { isOne: isEventFile, open: (path) => decoderOf(root, path, receiving) },
      receiving,
    )
  },
}

function isEventFile(path: string): boolean {
  return basename(path).includes('tfevents')
}

function decoderOf(root: string, path: string, receiving: Receiving): Decoder {
  const folder = runFolder(root, dirname(path))
  const records = new TfRecords(LARGEST_RECORD, (offset, size) =>
    receiving.note(`${path}: the record at offset ${offset} has ${size} bytes, and is left out`),
  )
  let startedAt: number | undefined
  const run = (): ToolRun =>
    receiving.run({
      key: `tensorboard\0${folder}`,
      name: relative(root, folder) || basename(folder),
      startedAt: startedAt ?? Date.now(),
      tellsEnd: false,
      pid: processOf(path, receiving.hostName),
    })
  return {
    push: (bytes) => {
      for (const record of records.push(bytes)) {
        const event = readEvent(record)
        startedAt ??= event.time
        tell(event, run())
      }
    },
    rest: () => {},
    leave: () => run().leave(),
  }
}

function tell({ step, time, scalars, hyperparameters }: TensorboardEvent, run: ToolRun): void {
  if (hyperparameters) run.settings(settingsOf(hyperparameters))
  if (Object.keys(scalars).length > 0) run.log({ step, time, values: scalars })
  // Transformers' last word
  if (Object.keys(scalars).some((tag) => DONE.test(tag))) run.end('completed', time)
}

// hyperparameters are written to a folder within that of their run, which has the time for a name
function runFolder(root: string, folder: string): string {
  return folder !== root && /^\d{9,}\.\d+$/.test(basename(folder)) ? dirname(folder) : folder
}

/** The process that writes a file, where its name tells and it is of this host. */
function processOf(path: string, hostName: string): number | undefined {
  const [, host, pid] = /tfevents\.\d+\.(.+)\.(\d+)\.\d+(?:\.v2)?$/.exec(basename(path)) ?? []
  return host === hostName ? Number(pid) : undefined
}
