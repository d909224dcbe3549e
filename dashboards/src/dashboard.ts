import {
  type Dashboard as GrafanaDashboard,
  DashboardBuilder,
  DashboardCursorSync,
  DashboardLinkType,
  DatasourceVariableBuilder,
  type Panel,
  RowBuilder,
  type RowPanel,
  type VariableModel,
  VariableRefresh,
  VariableSort,
  VariableType,
} from '@grafana/grafana-foundation-sdk/dashboard'
import { datasource } from './panel.ts'
import { labelName } from './prometheus-name.ts'
import { selector, series } from './queries.ts'
import type { Row } from './row.ts'
import { type Variable, chosen } from './scope.ts'

const COLUMNS = 24
const TAG = 'llmscope'

/** A page of Grafana. */
export interface Dashboard {
  /** Part of the page's address: never changed once released. */
  readonly uid: string
  readonly title: string
  readonly description: string
  /** Choices at the top; each is narrowed by those before it. */
  readonly variables: readonly Variable[]
  readonly rows: readonly Row[]
}

/** The JSON model that Grafana loads. */
export function build({ uid, title, description, variables, rows }: Dashboard): GrafanaDashboard {
  const builder = new DashboardBuilder(title)
    .uid(uid)
    .description(description)
    .tags([TAG])
    .readonly()
    .refresh('10s')
    .time({ from: 'now-1h', to: 'now' })
    .tooltip(DashboardCursorSync.Crosshair)
    .link({ build: () => siblings })
    .withVariable(
      new DatasourceVariableBuilder('datasource').label('Data source').type('prometheus'),
    )
  variables.forEach((variable, index) => {
    builder.withVariable({ build: () => choice(variable, variables.slice(0, index)) })
  })
  return { ...builder.build(), panels: layout(rows) }
}

const siblings = {
  title: 'llmscope',
  type: DashboardLinkType.Dashboards,
  icon: 'external link',
  tooltip: 'The other dashboards',
  tags: [TAG],
  asDropdown: true,
  targetBlank: false,
  includeVars: false,
  keepTime: true,
}

function choice(variable: Variable, before: readonly Variable[]): VariableModel {
  const { name, label, metric, attribute } = variable
  const narrowed = selector(
    series(metric, chosen(metric, before)),
    metric.instrument === 'histogram' ? '_count' : '',
  )
  const query = `label_values(${narrowed}, ${labelName(attribute)})`
  return {
    type: VariableType.Query,
    name,
    label,
    datasource,
    query: { query, refId: name },
    definition: query,
    refresh: VariableRefresh.OnTimeRangeChanged,
    sort: VariableSort.NaturalAsc,
    multi: true,
    includeAll: true,
    allValue: '.*',
    current: { selected: true, text: ['All'], value: ['$__all'] },
  }
}

function layout(rows: readonly Row[]): Array<Panel | RowPanel> {
  const placed: Array<Panel | RowPanel> = []
  let y = 0
  for (const { title, panels } of rows) {
    const gridPos = { x: 0, y, w: COLUMNS, h: 1 }
    placed.push(
      new RowBuilder(title)
        .id(placed.length + 1)
        .gridPos(gridPos)
        .build(),
    )
    let x = 0
    let height = 0
    y += 1
    for (const panel of panels.map((builder) => builder.build())) {
      const { w = COLUMNS, h = 8 } = panel.gridPos ?? {}
      if (x + w > COLUMNS) {
        x = 0
        y += height
        height = 0
      }
      placed.push({ ...panel, id: placed.length + 1, gridPos: { x, y, w, h } })
      x += w
      height = Math.max(height, h)
    }
    y += height
  }
  return placed
}
