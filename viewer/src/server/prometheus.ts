import type { LatestPoint } from '../store/latest-reader.ts'

export const CONTENT_TYPE = 'text/plain; version=0.0.4; charset=utf-8'

/** The latest values in Prometheus's text format: what a scrape of the sender itself would have given. */
export function prometheusText(points: readonly LatestPoint[]): string {
  const byName = Map.groupBy(points, ({ series }) => nameOf(series))
  return [...byName].map(([name, all]) => family(name, all)).join('')
}

function family(name: string, points: readonly LatestPoint[]): string {
  const { kind = 'gauge', description = '' } = points[0]?.series ?? {}
  const type = TYPES[kind] ?? 'gauge'
  const help = description.replaceAll('\\', '\\\\').replaceAll('\n', '\\n')
  // of several senders that say the same of themselves, the last one's
  const samples = new Map(points.flatMap((point) => samplesOf(name, point)))
  const lines = [...samples].map(([series, value]) => `${series} ${value}`)
  return `${[`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`, ...lines].join('\n')}\n`
}

/** A histogram is told as a summary: of its buckets a graph would need every value, not the last. */
const TYPES: Readonly<Record<string, string>> = {
  counter: 'counter',
  histogram: 'summary',
  exponential_histogram: 'summary',
  summary: 'summary',
}

function samplesOf(
  name: string,
  { series, value, recorded }: LatestPoint,
): Array<[string, number]> {
  const labels = labelsOf(series)
  if (recorded) {
    return [
      [`${name}_count${labels}`, recorded.count],
      [`${name}_sum${labels}`, recorded.sum],
    ]
  }
  return value === undefined ? [] : [[`${name}${labels}`, value]]
}

/** Names and units as OpenTelemetry's specification turns them into Prometheus's. */
function nameOf({ metric, kind, unit }: LatestPoint['series']): string {
  const base = metric.replaceAll(/[^a-zA-Z0-9_:]/g, '_').replace(/^(?=\d)/, '_')
  const suffix = suffixOf(unit, kind)
  const named = suffix === '' || base.endsWith(`_${suffix}`) ? base : `${base}_${suffix}`
  return kind === 'counter' && !named.endsWith('_total') ? `${named}_total` : named
}

const SERVICE = 'service.name'
const INSTANCE = 'service.instance.id'
const UNITS: Readonly<Record<string, string>> = {
  s: 'seconds',
  ms: 'milliseconds',
  By: 'bytes',
  Cel: 'celsius',
  Hz: 'hertz',
  W: 'watts',
  J: 'joules',
}

function suffixOf(unit: string, kind: string): string {
  if (unit === '1') return kind === 'gauge' ? 'ratio' : ''
  return UNITS[unit] ?? ''
}

function labelsOf(series: LatestPoint['series']): string {
  const instance = series.resource[INSTANCE]
  const labels = {
    [SERVICE]: series.service,
    ...(typeof instance === 'string' && { [INSTANCE]: instance }),
    ...series.attributes,
  }
  const pairs = Object.entries(labels).map(([key, value]) => {
    const text = typeof value === 'string' ? value : JSON.stringify(value)
    const escaped = text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')
    return `${key.replaceAll(/[^a-zA-Z0-9_]/g, '_').replace(/^(?=\d)/, '_')}="${escaped}"`
  })
  return `{${pairs.join(',')}}`
}
