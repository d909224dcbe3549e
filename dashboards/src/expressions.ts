import type { Panel, RowPanel } from '@grafana/grafana-foundation-sdk/dashboard'
import { type Dashboard, build } from './dashboard.ts'
import { dashboards } from './dashboards/index.ts'

/** One query of a panel, or of a choice at the top, as Prometheus can be asked for it. */
export interface DashboardQuery {
  /** Title of the dashboard. */
  readonly dashboard: string
  /** Title of the panel, or `variable` and the name of the choice. */
  readonly panel: string
  /** PromQL, with every choice at "All". */
  readonly expr: string
}

/** Every query of every dashboard. */
export function dashboardQueries(): DashboardQuery[] {
  return dashboards.flatMap((dashboard) => ofVariables(dashboard).concat(ofPanels(dashboard)))
}

function ofPanels(dashboard: Dashboard): DashboardQuery[] {
  const panels = build(dashboard).panels ?? []
  return panels.flatMap((panel) => {
    return expressions(panel).map((expr) => ({
      dashboard: dashboard.title,
      panel: panel.title ?? '',
      expr: substitute(expr),
    }))
  })
}

function expressions(panel: Panel | RowPanel): string[] {
  const targets: readonly object[] = ('targets' in panel && panel.targets) || []
  return targets.flatMap((target) => ('expr' in target ? [String(target.expr)] : []))
}

function ofVariables(dashboard: Dashboard): DashboardQuery[] {
  const { list = [] } = build(dashboard).templating
  return list.flatMap(({ name, definition = '' }) => {
    const [, selector, label] = /^label_values\((.*), (\w+)\)$/.exec(definition) ?? []
    if (!selector || !label) return []
    const expr = substitute(`group by (${label}) (${selector})`)
    return [{ dashboard: dashboard.title, panel: `variable ${name}`, expr }]
  })
}

function substitute(expr: string): string {
  return expr
    .replaceAll('$__rate_interval', '5m')
    .replaceAll('$__range', '1h')
    .replaceAll(/\$(\w+)|\$\{(\w+)\}/g, '.*')
}
