import { parse } from '../json-lines/line.ts'
import { bytesOf, type Field, fieldsOf, integerOf, textOf } from '../files/protobuf.ts'

/** What of a record of Weights & Biases is read. */
export interface WandbRecord {
  readonly run?: WandbRun
  /** Settings that were made or changed, by their paths. */
  readonly config?: Readonly<Record<string, unknown>>
  readonly history?: WandbHistory
  /** Of the process that trained. */
  readonly exitCode?: number
}

export interface WandbRun {
  readonly id: string
  readonly project: string | undefined
  readonly title: string | undefined
  readonly group: string | undefined
  readonly sweep: string | undefined
  readonly startingStep: number
  /** Milliseconds since 1970. */
  readonly startedAt: number | undefined
  readonly config: Readonly<Record<string, unknown>>
}

export interface WandbHistory {
  readonly step: number | undefined
  /** By their names; of an object within, each by its path. */
  readonly values: Readonly<Record<string, number>>
}

const RECORD = { history: 2, config: 5, run: 17, exit: 18 }

/** Reads one record. */
export function readRecord(message: Buffer): WandbRecord {
  for (const { number, bytes } of fieldsOf(message)) {
    if (!bytes) continue
    if (number === RECORD.run) return { run: readRun(bytes) }
    if (number === RECORD.config) return { config: readConfig(bytes) }
    if (number === RECORD.history) return { history: readHistory(bytes) }
    if (number === RECORD.exit) return { exitCode: integerOf(bytes, 1) ?? 0 }
  }
  return {}
}

function readRun(message: Buffer): WandbRun {
  const started = bytesOf(message, 17)
  const config = bytesOf(message, 4)
  return {
    id: textOf(message, 1) ?? '',
    project: textOf(message, 3),
    group: textOf(message, 6),
    title: textOf(message, 8),
    sweep: textOf(message, 12),
    startingStep: integerOf(message, 14) ?? 0,
    startedAt: started && timeOf(started),
    config: config ? readConfig(config) : {},
  }
}

/** A `google.protobuf.Timestamp`. */
function timeOf(message: Buffer): number {
  return (integerOf(message, 1) ?? 0) * 1000 + (integerOf(message, 2) ?? 0) / 1e6
}

const OWN = '_wandb'

function readConfig(message: Buffer): Record<string, unknown> {
  const config: Record<string, unknown> = {}
  for (const { number, bytes } of fieldsOf(message)) {
    if (number !== 1 || !bytes) continue
    const key = pathOf(bytes)
    if (key === OWN || key.startsWith(`${OWN}.`)) continue
    config[key] = valueOf(bytes)
  }
  return config
}

function readHistory(message: Buffer): WandbHistory {
  const values: Record<string, number> = {}
  const step = bytesOf(message, 2)
  for (const { number, bytes } of fieldsOf(message)) {
    if (number === 1 && bytes) collect(values, pathOf(bytes), valueOf(bytes), 0)
  }
  return { step: step && (integerOf(step, 1) ?? 0), values }
}

const DEEPEST = 4

function collect(
  values: Record<string, number>,
  path: string,
  value: unknown,
  depth: number,
): void {
  if (typeof value === 'number') values[path] = value
  else if (value === 'NaN' || value === 'Infinity' || value === '-Infinity') {
    values[path] = Number(value)
  } else if (typeof value === 'object' && value !== null && depth < DEEPEST) {
    // pictures, tables and histograms are objects, too, and say so
    if ('_type' in value || Array.isArray(value)) return
    for (const [key, each] of Object.entries(value)) {
      collect(values, `${path}.${key}`, each, depth + 1)
    }
  }
}

/** The name of an item: its key, or the path of keys to it. */
function pathOf(item: Buffer): string {
  const path: string[] = []
  for (const { number, bytes } of fieldsOf(item)) {
    if (number === 2 && bytes) path.push(bytes.toString())
  }
  return path.length > 0 ? path.join('.') : (textOf(item, 1) ?? '')
}

const JSON_FIELDS = new Set([8, 16])

/** What an item is set to: JSON, or in newer files a value of a type. */
function valueOf(item: Buffer): unknown {
  let value: unknown
  for (const field of fieldsOf(item)) {
    const { number, bytes } = field
    if (JSON_FIELDS.has(number) && bytes) value = json(bytes.toString())
    else if (number === 7 && bytes) value = bytes.toString()
    else value = numberOf(field) ?? value
  }
  return value
}

function numberOf({ number, integer, bytes }: Field): number | boolean | undefined {
  if (number === 4 && integer !== undefined) return integer !== 0n
  // signed, and folded so that small ones are short
  if (number === 5 && integer !== undefined) return Number((integer >> 1n) ^ -(integer & 1n))
  if (number === 6 && bytes?.length === 8) return bytes.readDoubleLE()
  return undefined
}

function json(text: string): unknown {
  try {
    return parse(text)
  } catch {
    // a text that is no JSON is a text
    return text === 'NaN' || text === 'Infinity' || text === '-Infinity' ? Number(text) : text
  }
}
