/** Writes docs/metrics.md from the catalogues: `npm run docs`. */
import { writeFile } from 'node:fs/promises'
import { catalogue as hostAgent } from '@llmscope/host-agent/catalogue'
import { catalogue as sdk } from '@llmscope/sdk/catalogue'

interface Metric {
  readonly name: string
  readonly instrument: string
  readonly unit: string
  readonly description: string
  readonly attributes: readonly string[]
}

/** The text of docs/metrics.md. */
export function metricsPage(): string {
  return [
    '# Metrics',
    'Made from the catalogues by `npm run docs`; a test compares.',
    '## `@llmscope/sdk`',
    table(sdk),
    '## `@llmscope/host-agent`',
    table(hostAgent),
    '',
  ].join('\n\n')
}

function table(metrics: readonly Metric[]): string {
  const rows = metrics
    .toSorted((left, right) => (left.name < right.name ? -1 : 1))
    .map(({ name, instrument, unit, description, attributes }) => {
      const list = attributes.map((attribute) => `\`${attribute}\``).join(', ')
      return `| \`${name}\` | ${instrument}, \`${unit}\` | ${description} | ${list} |`
    })
  return [
    '| metric | instrument, unit | meaning | attributes |',
    '|---|---|---|---|',
    ...rows,
  ].join('\n')
}

if (import.meta.main) await writeFile(new URL('metrics.md', import.meta.url), metricsPage())
