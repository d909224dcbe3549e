import type { Builder } from '@grafana/grafana-foundation-sdk/cog'
import type { DynamicConfigValue, Panel } from '@grafana/grafana-foundation-sdk/dashboard'
import { PromQueryFormat } from '@grafana/grafana-foundation-sdk/prometheus'
import { PanelBuilder } from '@grafana/grafana-foundation-sdk/table'
import { type PanelSpec, furnish } from './panel.ts'
import { labelName } from './prometheus-name.ts'
import type { Query } from './queries.ts'

/** A number for each row. */
export interface Quantity {
  /** Grouped by the attributes of `rows`. */
  readonly query: Query
  readonly unit: string
}

/** A word for each row: the value that an attribute has there. */
export interface Word {
  /** Grouped by the attributes of `rows` and by `attribute`, with one series a row. */
  readonly query: Query
  readonly attribute: string
  /** Word → colour. */
  readonly colors: Readonly<Record<string, string>>
}

export interface TableSpec extends Omit<PanelSpec, 'queries' | 'unit'> {
  /** Column title → attribute whose values make the rows. */
  readonly rows: Readonly<Record<string, string>>
  /** Column title → what it shows. The first one sorts the table. */
  readonly columns: Readonly<Record<string, Quantity | Word>>
}

/** One row per combination of attribute values, one column per quantity, over the time range. */
export function table(spec: TableSpec): Builder<Panel> {
  const columns = Object.entries(spec.columns)
  const queries = Object.fromEntries(columns.map(([title, { query }]) => [title, query]))
  const panel = furnish(
    new PanelBuilder(),
    { ...spec, queries, unit: 'short' },
    { width: 24, height: 6 },
    (target) => target.instant().format(PromQueryFormat.Table),
  )
  for (const [title, column] of columns) panel.overrideByName(title, look(column))
  const [first] = columns.map(([title]) => title)
  return panel
    .sortBy(first ? [{ build: () => ({ displayName: first, desc: true }) }] : [])
    .withTransformation({ id: 'merge', options: {} })
    .withTransformation({ id: 'organize', options: arrangement(spec) })
}

function look(column: Quantity | Word): DynamicConfigValue[] {
  if ('unit' in column) {
    return [
      { id: 'unit', value: column.unit },
      { id: 'noValue', value: '–' },
    ]
  }
  const colors = Object.entries(column.colors).map(([word, color]) => [word, { color }])
  return [
    { id: 'mappings', value: [{ type: 'value', options: Object.fromEntries(colors) }] },
    { id: 'custom.cellOptions', value: { type: 'color-text' } },
  ]
}

// Grafana names the value column of query B of several "Value #B"; of a word, its label is shown.
function arrangement({ rows, columns }: TableSpec): object {
  const attributes = Object.entries(rows).map(([title, attribute]) => [labelName(attribute), title])
  const values = Object.entries(columns).map(([title, column], index) => ({
    value: `Value #${String.fromCodePoint(65 + index)}`,
    label: 'attribute' in column ? labelName(column.attribute) : undefined,
    title,
  }))
  const order = [...attributes, ...values.map(({ value, label, title }) => [label ?? value, title])]
  const hidden = values.filter(({ label }) => label !== undefined).map(({ value }) => value)
  return {
    excludeByName: Object.fromEntries(['Time', ...hidden].map((field) => [field, true])),
    indexByName: Object.fromEntries(order.map(([field], index) => [field, index])),
    renameByName: Object.fromEntries(order),
  }
}
