import { isObject } from '../../training/settings.ts'

/** What one line, or one entry of a log's history, says. */
export interface Line {
  readonly step: number | undefined
  /** Milliseconds since 1970, where it says so. */
  readonly time: number | undefined
  readonly values: Readonly<Record<string, number>>
  readonly run: string | undefined
  readonly hyperparameters: Readonly<Record<string, unknown>> | undefined
  readonly outcome: 'completed' | 'failed' | undefined
}

const STEPS = ['step', 'global_step']
const TIMES = ['time', 'timestamp', '_timestamp']
const SETTINGS = ['hyperparameters', 'config']
const OTHERS = new Set([...STEPS, ...TIMES, ...SETTINGS, 'run', 'outcome'])
// seconds have reached this in the year 5138, milliseconds in 1973
const FIRST_MILLISECOND = 1e11

/**
 * Reads a line of JSON.
 * @throws SyntaxError where it is none, TypeError where it is no object.
 */
export function parseLine(text: string): Line {
  const parsed = parse(text)
  if (isObject(parsed)) return lineOf(parsed)
  throw new TypeError('it is no JSON object; write one such as {"step":1,"loss":0.5}')
}

/** Reads an object that was logged. */
export function lineOf(entry: Readonly<Record<string, unknown>>): Line {
  const { run, outcome } = entry
  const values: Record<string, number> = {}
  for (const [name, value] of Object.entries(entry)) {
    const number = OTHERS.has(name) ? undefined : numberOf(value)
    if (number !== undefined) values[name] = number
  }
  const step = STEPS.map((name) => entry[name]).find((each) => Number.isSafeInteger(each))
  const settings = SETTINGS.map((name) => entry[name]).find(isObject)
  return {
    step: step as number | undefined,
    time: TIMES.map((name) => timeOf(entry[name])).find((each) => each !== undefined),
    values,
    run: typeof run === 'string' && run !== '' ? run : undefined,
    hyperparameters: settings,
    outcome: outcome === 'completed' || outcome === 'failed' ? outcome : undefined,
  }
}

// Python writes these, though JSON has no such numbers
const NO_NUMBER = /([[:,]\s*)(NaN|-?Infinity)(?=\s*[,\]}])/g

/** Parses JSON as Python's `json` writes it. */
export function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (!/NaN|Infinity/.test(text)) throw error
    return JSON.parse(text.replaceAll(NO_NUMBER, '$1"$2"'))
  }
}

function numberOf(value: unknown): number | undefined {
  if (typeof value === 'number') return value
  const isName = value === 'NaN' || value === 'Infinity' || value === '-Infinity'
  return isName ? Number(value) : undefined
}

function timeOf(value: unknown): number | undefined {
  if (typeof value === 'string') {
    const time = Date.parse(value)
    return Number.isNaN(time) ? undefined : time
  }
  if (typeof value !== 'number' || !Number.isFinite(value) || value <= 0) return undefined
  return value < FIRST_MILLISECOND ? value * 1000 : value
}
