import type { LatestPoint } from '../store/latest-reader.ts'

export const CONTENT_TYPE = 'text/plain; version=0.0.4; charset=utf-8'

/** The latest values in Prometheus's text format: what a scrape of the sender itself would have given. */
export function prometheusText(points: readonly LatestPoint[]): string {
  const byName = Map.groupBy(points, ({ series }) => nameOf(series))
  return [...byName]
    .map(([name, all]) => {
      const { kind, description } = all[0]?.series ?? { kind: 'gauge', description: '' }
      const lines = new Map(
        all.map((point) => [labelsOf(point), `${name}${labelsOf(point)} ${point.value}`]),
      )
      const help = description.replaceAll('\\', '\\\\').replaceAll('\n', '\\n')
      return [
        `# HELP ${name} ${help}`,
        `# TYPE ${name} ${kind === 'counter' ? 'counter' : 'gauge'}`,
        ...lines.values(),
      ].join('\n')
    })
    .map((family) => `${family}\n`)
    .join('')
}

/** Names and units as OpenTelemetry's specification turns them into Prometheus's. */
function nameOf({ metric, kind, unit }: LatestPoint['series']): string {
  const base = metric.replaceAll(/[^a-zA-Z0-9_:]/g, '_').replace(/^(?=\d)/, '_')
  const suffix = suffixOf(unit, kind)
  const named = suffix === '' || base.endsWith(`_${suffix}`) ? base : `${base}_${suffix}`
  return kind === 'counter' && !named.endsWith('_total') ? `${named}_total` : named
}

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

function labelsOf({ series }: LatestPoint): string {
  const labels = { 'service.name': series.service, ...series.attributes }
  const pairs = Object.entries(labels).map(([key, value]) => {
    const text = typeof value === 'string' ? value : JSON.stringify(value)
    const escaped = text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')
    return `${key.replaceAll(/[^a-zA-Z0-9_]/g, '_').replace(/^(?=\d)/, '_')}="${escaped}"`
  })
  return `{${pairs.join(',')}}`
}
