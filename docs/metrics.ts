import { catalogue as hostAgent } from '@llmscope/host-agent/catalogue'
import { catalogue as sdk } from '@llmscope/sdk/catalogue'
import { code, codes, table } from './table.ts'

interface Metric {
  readonly name: string
  readonly instrument: string
  readonly unit: string
  readonly description: string
  readonly attributes: readonly string[]
  readonly stability: string
  readonly since: string
}

/** The text of docs/metrics.md. */
export function metricsPage(): string {
  return [
    '# Metrics',
    'Made from the catalogues by `npm run docs`; a test compares. [attributes.md](attributes.md) says what the attributes are.',
    '## `@llmscope/sdk`',
    metricsTable(sdk),
    '## `@llmscope/host-agent`',
    metricsTable(hostAgent),
    '',
  ].join('\n\n')
}

function metricsTable(metrics: readonly Metric[]): string {
  return table(
    ['metric', 'instrument, unit', 'meaning', 'attributes', 'stability', 'since'],
    metrics
      .toSorted((left, right) => (left.name < right.name ? -1 : 1))
      .map(({ name, instrument, unit, description, attributes, stability, since }) => [
        code(name),
        `${instrument}, ${code(unit)}`,
        description,
        codes(attributes),
        stability,
        since,
      ]),
  )
}
