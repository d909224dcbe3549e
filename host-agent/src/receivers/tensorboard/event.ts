import { fieldsOf, integerOf, textOf, bytesOf } from '../files/protobuf.ts'

/** One event of TensorBoard: what was logged at a step. */
export interface TensorboardEvent {
  readonly step: number
  /** Milliseconds since 1970. */
  readonly time: number
  readonly scalars: Readonly<Record<string, number>>
  readonly hyperparameters: Readonly<Record<string, string | number | boolean>> | undefined
}

interface Summary {
  readonly tag: string
  readonly value: number | undefined
  readonly plugin: string | undefined
  readonly content: Buffer | undefined
}

/** Reads an event. Images, texts, histograms and graphs are no scalars, and left out. */
export function readEvent(message: Buffer): TensorboardEvent {
  let time = 0
  let summary: Buffer | undefined
  for (const { number, bytes } of fieldsOf(message)) {
    if (number === 1 && bytes?.length === 8) time = bytes.readDoubleLE() * 1000
    if (number === 5 && bytes) summary = bytes
  }
  return { step: integerOf(message, 2) ?? 0, time, ...readSummaries(summary) }
}

function readSummaries(
  message: Buffer = Buffer.alloc(0),
): Pick<TensorboardEvent, 'scalars' | 'hyperparameters'> {
  const scalars: Record<string, number> = {}
  let hyperparameters: TensorboardEvent['hyperparameters']
  for (const { number, bytes } of fieldsOf(message)) {
    if (number !== 1 || !bytes) continue
    const { tag, value, plugin = 'scalars', content } = readSummary(bytes)
    if (plugin === 'hparams' && content) hyperparameters = readHyperparameters(content)
    else if (value !== undefined && plugin === 'scalars') scalars[tag] = value
  }
  return { scalars, hyperparameters }
}

function readSummary(message: Buffer): Summary {
  let tag = ''
  let value: number | undefined
  let plugin: string | undefined
  let content: Buffer | undefined
  for (const { number, bytes } of fieldsOf(message)) {
    if (!bytes) continue
    if (number === 1) tag = bytes.toString()
    else if (number === 2 && bytes.length === 4) value = bytes.readFloatLE()
    else if (number === 8) value = readTensor(bytes)
    else if (number === 9) {
      const data = bytesOf(bytes, 1)
      plugin = data && textOf(data, 1)
      content = data && bytesOf(data, 2)
    }
  }
  return { tag, value, plugin, content }
}

/** How a tensor of one number has it, by its type: the width of its bytes, and the field beside them. */
const NUMBERS: Readonly<
  Record<number, readonly [width: number, field: number, read: (bytes: Buffer) => number]>
> = {
  1: [4, 5, (bytes) => bytes.readFloatLE()],
  2: [8, 6, (bytes) => bytes.readDoubleLE()],
  3: [4, 7, (bytes) => bytes.readInt32LE()],
  9: [8, 10, (bytes) => Number(bytes.readBigInt64LE())],
}
const CONTENT = 4

function readTensor(message: Buffer): number | undefined {
  const [width, field, read] = NUMBERS[integerOf(message, 1) ?? 0] ?? []
  if (width === undefined || field === undefined || !read) return undefined
  const content = bytesOf(message, CONTENT)
  if (content?.length === width) return read(content)
  // floating-point numbers lie beside each other, whole ones are varints
  const listed = bytesOf(message, field)
  if (listed?.length === width && field < 7) return read(listed)
  return integerOf(message, field)
}

const SESSION_START = 3

function readHyperparameters(content: Buffer): TensorboardEvent['hyperparameters'] {
  const start = bytesOf(content, SESSION_START)
  if (!start) return undefined
  const settings: Record<string, string | number | boolean> = {}
  for (const { number, bytes } of fieldsOf(start)) {
    if (number !== 1 || !bytes) continue
    const value = bytesOf(bytes, 2)
    const setting = value && readSetting(value)
    if (setting !== undefined) settings[textOf(bytes, 1) ?? ''] = setting
  }
  return settings
}

/** A `google.protobuf.Value`. */
function readSetting(message: Buffer): string | number | boolean | undefined {
  for (const { number, bytes, integer } of fieldsOf(message)) {
    if (number === 2 && bytes?.length === 8) return bytes.readDoubleLE()
    if (number === 3 && bytes) return bytes.toString()
    if (number === 4 && integer !== undefined) return integer !== 0n
  }
  return undefined
}
