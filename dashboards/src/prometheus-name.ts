import type { Metric } from './metric.ts'

const UNITS: Readonly<Record<string, string>> = {
  d: 'days',
  h: 'hours',
  min: 'minutes',
  s: 'seconds',
  ms: 'milliseconds',
  us: 'microseconds',
  ns: 'nanoseconds',
  By: 'bytes',
  KiBy: 'kibibytes',
  MiBy: 'mebibytes',
  GiBy: 'gibibytes',
  TiBy: 'tibibytes',
  KBy: 'kilobytes',
  MBy: 'megabytes',
  GBy: 'gigabytes',
  TBy: 'terabytes',
  m: 'meters',
  V: 'volts',
  A: 'amperes',
  J: 'joules',
  W: 'watts',
  g: 'grams',
  Cel: 'celsius',
  Hz: 'hertz',
  '1': '',
  '%': 'percent',
}

const PER_UNITS: Readonly<Record<string, string>> = {
  s: 'second',
  m: 'minute',
  h: 'hour',
  d: 'day',
  w: 'week',
  mo: 'month',
  y: 'year',
}

/**
 * The name that Prometheus gives to an OpenTelemetry metric under its default translation,
 * `UnderscoreEscapingWithSuffixes`. A histogram's series add `_bucket`, `_sum` and `_count`.
 */
export function prometheusName({ name, unit, instrument }: Metric): string {
  const tokens = name.split(/[^A-Za-z0-9:]+/).filter(Boolean)
  for (const suffix of unitSuffixes(unit)) if (!tokens.includes(suffix)) tokens.push(suffix)
  if (instrument === 'counter') return moveToEnd(tokens, 'total').join('_')
  if (instrument === 'gauge' && unit === '1') return moveToEnd(tokens, 'ratio').join('_')
  return tokens.join('_')
}

/** The name that Prometheus gives to an OpenTelemetry attribute. */
export function labelName(attribute: string): string {
  return attribute.replaceAll(/[^A-Za-z0-9_]/g, '_')
}

/** Every series name under which a metric is stored. */
export function seriesNames(metric: Metric): string[] {
  const name = prometheusName(metric)
  return metric.instrument === 'histogram'
    ? [`${name}_bucket`, `${name}_sum`, `${name}_count`]
    : [name]
}

function unitSuffixes(unit: string): string[] {
  const [main = '', per = ''] = unit.split(/\/(.*)/)
  const suffixes = [word(main, UNITS), word(per, PER_UNITS).replace(/^(?=.)/, 'per_')]
  return suffixes.filter(Boolean)
}

// Units in braces are annotations, not units.
function word(unit: string, words: Readonly<Record<string, string>>): string {
  const known = words[unit] ?? (/[{}]/.test(unit) ? '' : unit)
  return known.replaceAll(/[^A-Za-z0-9:]+/g, '_').replace(/^_/, '')
}

function moveToEnd(tokens: readonly string[], last: string): string[] {
  return [...tokens.filter((token) => token !== last), last]
}
