import type { Builder } from '@grafana/grafana-foundation-sdk/cog'
import type { DataSourceRef } from '@grafana/grafana-foundation-sdk/common'
import type { Panel as GrafanaPanel } from '@grafana/grafana-foundation-sdk/dashboard'
import { DataqueryBuilder } from '@grafana/grafana-foundation-sdk/prometheus'
import type { Query } from './queries.ts'

/** What every kind of panel is told: what to show, never how it looks. */
export interface PanelSpec {
  readonly title: string
  /** What is shown and how to read it. The names of the metrics are added. */
  readonly description: string
  /** A unit of Grafana: `s`, `short`, `percentunit`, `bytes`, `Bps`, `watt`, `celsius`. */
  readonly unit: string
  /** Legend → query. A legend may hold labels in braces: `{{gen_ai_request_model}}`. */
  readonly queries: Readonly<Record<string, Query>>
  /** What it means when there is no data; shown in the panel's place. */
  readonly empty: string
  /** Columns of the grid's 24. */
  readonly width?: number
}

/** What the builders of Grafana's panel kinds have in common. */
interface CommonBuilder extends Builder<GrafanaPanel> {
  title(title: string): this
  description(description: string): this
  datasource(datasource: DataSourceRef): this
  unit(unit: string): this
  noValue(noValue: string): this
  span(columns: number): this
  height(rows: number): this
  withTarget(target: Builder<object>): this
}

export const datasource: DataSourceRef = { type: 'prometheus', uid: '${datasource}' }

/** Gives a panel its title, description, queries and place; `ask` sets how each query is asked. */
export function furnish<Panel extends CommonBuilder>(
  panel: Panel,
  spec: PanelSpec,
  size: { readonly width: number; readonly height: number },
  ask: (target: DataqueryBuilder) => DataqueryBuilder,
): Panel {
  panel
    .title(spec.title)
    .description(`${spec.description}\n\n${sources(spec)}`)
    .datasource(datasource)
    .unit(spec.unit)
    .noValue(spec.empty)
    .span(spec.width ?? size.width)
    .height(size.height)
  Object.entries(spec.queries).forEach(([legend, { expr }], index) => {
    const target = new DataqueryBuilder()
      .refId(String.fromCodePoint(65 + index))
      .datasource(datasource)
      .expr(expr)
      .legendFormat(legend)
    panel.withTarget(ask(target))
  })
  return panel
}

function sources({ queries }: PanelSpec): string {
  const metrics = new Set(Object.values(queries).flatMap((query) => query.metrics))
  const lines = [...metrics].map(({ name, description }) => `- \`${name}\`: ${description}`)
  return lines.join('\n')
}
