import { type Metric, carries } from './metric.ts'
import { type Series, type Where, series } from './queries.ts'

/** A choice at the top of a dashboard: the values that an attribute has on a metric. */
export interface Variable {
  readonly name: string
  readonly label: string
  readonly metric: Metric
  readonly attribute: string
  /** How the chosen values match, where that is not equality. */
  readonly match?: string
}

/** Selects series of a metric under the choices that are made at the top of the dashboard. */
export type Scope = (metric: Metric, where?: Where) => Series

/** A scope of variables. A metric that does not carry a variable's attribute is not filtered by it. */
export function scope(variables: readonly Variable[]): Scope {
  return (metric, where = {}) => series(metric, { ...chosen(metric, variables), ...where })
}

/** The matchers that narrow a metric to the values chosen for these variables. */
export function chosen(metric: Metric, variables: readonly Variable[]): Where {
  const carried = variables.filter(({ attribute }) => carries(metric, attribute))
  return Object.fromEntries(
    carried.map(({ name, attribute, match = `$${name}` }) => [attribute, `=~"${match}"`]),
  )
}
