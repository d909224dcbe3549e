import type { Builder } from '@grafana/grafana-foundation-sdk/cog'
import type { Panel } from '@grafana/grafana-foundation-sdk/dashboard'
import { PromQueryFormat } from '@grafana/grafana-foundation-sdk/prometheus'
import { PanelBuilder } from '@grafana/grafana-foundation-sdk/table'
import { type PanelSpec, furnish } from './panel.ts'
import { labelName } from './prometheus-name.ts'
import type { Query } from './queries.ts'

export interface Column {
  readonly query: Query
  readonly unit: string
}

export interface TableSpec extends Omit<PanelSpec, 'queries' | 'unit'> {
  /** Column title → attribute whose values make the rows. */
  readonly rows: Readonly<Record<string, string>>
  /** Column title → quantity, grouped by the attributes of `rows`. The first one sorts the table. */
  readonly columns: Readonly<Record<string, Column>>
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
  for (const [title, { unit }] of columns) {
    panel.overrideByName(title, [{ id: 'unit', value: unit }])
  }
  const [first] = columns.map(([title]) => title)
  return panel
    .sortBy(first ? [{ build: () => ({ displayName: first, desc: true }) }] : [])
    .withTransformation({ id: 'merge', options: {} })
    .withTransformation({ id: 'organize', options: arrangement(spec) })
}

// Grafana names the value column of query B of several "Value #B".
function arrangement({ rows, columns }: TableSpec): object {
  const attributes = Object.entries(rows).map(([title, attribute]) => [labelName(attribute), title])
  const values = Object.keys(columns).map((title, index) => {
    return [`Value #${String.fromCodePoint(65 + index)}`, title]
  })
  const order = [...attributes, ...values]
  return {
    excludeByName: { Time: true },
    indexByName: Object.fromEntries(order.map(([field], index) => [field, index])),
    renameByName: Object.fromEntries(order),
  }
}
