import { attributes as hostAgent, resource } from '@llmscope/host-agent/catalogue'
import {
  attributes,
  type Carrier,
  catalogue,
  events,
  formerAttributes,
  formerMetrics,
  formerWorkflowName,
  type MetricEntry,
  spanEvents,
  spans,
} from '@llmscope/sdk/catalogue'
import { code, codes, table } from './table.ts'

interface Attribute {
  readonly type: string
  readonly unit?: string
  readonly meaning: string
  readonly values?: readonly string[]
  readonly examples?: readonly string[]
  readonly replacedBy?: string
  readonly stability: string
  readonly since: string
}

/** The text of docs/attributes.md. */
export function attributesPage(): string {
  return [
    '# Attributes',
    'Made from the catalogues by `npm run docs`; a test compares. [spans.md](spans.md) and [metrics.md](metrics.md) say what carries ' +
      'them. `<key>` in a name stands for what the application says. `json` is JSON text on spans and structured data on events. ' +
      'Values in *italics* are examples; where others stand, there are no others.',
    '## `@llmscope/sdk`',
    ...sdkTables(),
    '### Resource',
    'The SDK adds nothing to the resource: `service.name` and the rest are what the OpenTelemetry SDK makes of `OTEL_SERVICE_NAME`, ' +
      '`OTEL_RESOURCE_ATTRIBUTES` and its detectors. The scope of everything is `@llmscope/sdk` with its version.',
    '### Names of semantic conventions 1.41',
    '`LLMSCOPE_SEMCONV=v1_41` has these names instead of those of today, `both` has both; only `gen_ai.provider.name`, which 1.41 had ' +
      'too, is always there. Instead of the counters `gen_ai.client.inference.usage.*` and the histograms ' +
      '`gen_ai.client.*.operation.*_tokens`, 1.41 has one histogram `gen_ai.client.token.usage` by `gen_ai.token.type`. Its ' +
      'output messages say themselves why they end (`finish_reason`). What 1.41 has no name for keeps its own.',
    table(['today', 'in 1.41'], formerNames()),
    '## `@llmscope/host-agent`',
    attributesTable(Object.entries(hostAgent), () => 'metrics'),
    '### Resource',
    attributesTable(Object.entries(resource), () => 'resource'),
    '',
  ].join('\n\n')
}

function sdkTables(): string[] {
  const all = Object.entries(attributes)
  const sources = [...new Set(all.map(([, { source }]) => source))]
  return sources.flatMap((source) => [
    `### ${source === 'llmscope' ? 'llmscope, where no convention has a name' : upper(source)}`,
    attributesTable(
      all.filter(([, attribute]) => attribute.source === source),
      carriersOf,
    ),
  ])
}

/** What carries each attribute of the SDK. */
const CARRIERS: Readonly<Record<string, ReadonlySet<string>>> = {
  spans: new Set([...spans, ...spanEvents].flatMap(carriedBy)),
  events: new Set(events.flatMap(carriedBy)),
  metrics: new Set(['otel.metric.overflow', ...catalogue.flatMap(measuredWith)]),
}

function carriedBy({ always, known, captured = [], former = [] }: Carrier): string[] {
  return [...always, ...known, ...captured, ...former]
}

function measuredWith({ attributes: names }: MetricEntry): string[] {
  return [...names, ...names.map((name) => formerAttributes[name] ?? name)]
}

function carriersOf(name: string): string {
  const all = Object.entries(CARRIERS).filter(([, names]) => names.has(name))
  return all.map(([carrier]) => carrier).join(', ')
}

function attributesTable(
  entries: readonly (readonly [string, Attribute])[],
  on: (name: string) => string,
): string {
  const rows = entries.map(([name, { type, unit, stability, since, ...entry }]) => [
    code(name),
    unit === undefined ? type : `${type}, ${code(unit)}`,
    meaningOf(entry),
    valuesOf(entry),
    on(name),
    stability,
    since,
  ])
  return table(
    ['attribute', 'type', 'meaning', 'values', 'on', 'stability', 'since'],
    rows.toSorted(([left = ''], [right = '']) => (left < right ? -1 : 1)),
  )
}

function meaningOf({ meaning, replacedBy }: Pick<Attribute, 'meaning' | 'replacedBy'>): string {
  return replacedBy === undefined ? meaning : `${meaning} Today ${code(replacedBy)}.`
}

function valuesOf({ values, examples = [] }: Pick<Attribute, 'values' | 'examples'>): string {
  return values ? codes(values) : examples.map((example) => `*${example}*`).join(', ')
}

function formerNames(): string[][] {
  return [
    ...Object.entries(formerAttributes),
    ['gen_ai.agent.name', formerWorkflowName, 'of a workflow'],
    ...[...formerMetrics].map(([today, before]) => [today.name, before.name]),
  ].map(([today = '', before = '', where = '']) => [
    `${code(today)} ${where}`.trimEnd(),
    code(before),
  ])
}

function upper(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1)
}
