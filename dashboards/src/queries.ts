import { type Metric, carries } from './metric.ts'
import { labelName, prometheusName } from './prometheus-name.ts'

/** The series of one metric that match a filter. */
export interface Series {
  readonly metric: Metric
  /** PromQL label matchers. */
  readonly matchers: readonly string[]
}

/** A PromQL expression and the metrics that it reads. */
export interface Query {
  readonly expr: string
  readonly metrics: readonly Metric[]
}

/** Attribute names, each with a PromQL operator and operand: `{ 'error.type': '!=""' }`. */
export type Where = Readonly<Record<string, string>>

const PANEL_WINDOW = '$__rate_interval'

/** Selects series of a metric. Throws if the metric does not carry an attribute that is asked for. */
export function series(metric: Metric, where: Where = {}): Series {
  const matchers = Object.entries(where).map(([attribute, match]) => {
    return `${label(metric, attribute)}${match}`
  })
  return { metric, matchers }
}

/** Increase per second: of a counter's value, or of the number of a histogram's observations. */
export function rate(of: Series, by: readonly string[] = [], window: string = PANEL_WINDOW): Query {
  return query(of, `sum${grouping(of, by)}(rate(${counter(of)}[${window}]))`)
}

/** As `rate`, over several metrics no two series of which have the same labels. */
export function rateOfAll(all: readonly Series[], by: readonly string[]): Query {
  const rates = all.map((of) => `rate(${counter(of)}[${PANEL_WINDOW}])`)
  const [labels = ''] = all.map((of) => grouping(of, by))
  return { expr: `sum${labels}(${rates.join(' or ')})`, metrics: all.map(({ metric }) => metric) }
}

/** Increase over a window: of a counter's value, or of the number of a histogram's observations. */
export function increase(
  of: Series,
  by: readonly string[] = [],
  window: string = PANEL_WINDOW,
): Query {
  return query(of, `sum${grouping(of, by)}(increase(${counter(of)}[${window}]))`)
}

/** Quantile of a histogram's observations. */
export function quantile(
  q: number,
  of: Series,
  by: readonly string[] = [],
  window: string = PANEL_WINDOW,
): Query {
  return query(of, `histogram_quantile(${q}, ${buckets('rate', of, by, window)})`)
}

/** Observations of a histogram per bucket, for a heatmap. */
export function distribution(of: Series): Query {
  return query(of, buckets('increase', of, [], PANEL_WINDOW))
}

/** Sum of a histogram's observations per second. */
export function sumRate(of: Series, by: readonly string[] = []): Query {
  return query(of, `sum${grouping(of, by)}(rate(${selector(of, '_sum')}[${PANEL_WINDOW}]))`)
}

/** Mean of a histogram's observations. */
export function mean(of: Series, by: readonly string[] = []): Query {
  return over(sumRate(of, by), rate(of, by))
}

/** The current values of a gauge, aggregated. */
export function latest(
  aggregate: 'avg' | 'max' | 'min' | 'sum' | 'count',
  of: Series,
  by: readonly string[] = [],
): Query {
  return query(of, `${aggregate}${grouping(of, by)}(${selector(of)})`)
}

/** The highest of the query's values; for each combination of attributes that its first metric carries. */
export function highest(of: Query, by: readonly string[] = []): Query {
  const [metric] = of.metrics
  const labels = metric && by.length > 0 ? ` by (${labelsOf(metric, by)}) ` : ''
  return { expr: `max${labels}(${of.expr})`, metrics: of.metrics }
}

/** What is used of a limit, as a part of it: from two gauges with the same labels. */
export function used(remaining: Series, limit: Series): Query {
  const expr = `1 - ${selector(remaining)} / (${selector(limit)} > 0)`
  return { expr, metrics: [remaining.metric, limit.metric] }
}

/** The query's values where a counter with the same of these attributes grows. */
export function whileCounting(
  of: Query,
  counted: Series,
  same: readonly string[],
  window: string = PANEL_WINDOW,
): Query {
  const growing = `rate(${counter(counted)}[${window}]) > 0`
  const expr = `${of.expr} and on (${labelsOf(counted.metric, same)}) (${growing})`
  return { expr, metrics: [...of.metrics, counted.metric] }
}

/** One quantity over another; no value where the other is 0. */
export function over(part: Query, whole: Query): Query {
  return { expr: `${part.expr} / (${whole.expr} > 0)`, metrics: join(part, whole) }
}

/** Like `over`, but a part that was never seen counts as 0 wherever there is a whole. */
export function share(part: Query, whole: Query): Query {
  const { expr, metrics } = orZero(part, whole)
  return { expr: `(${expr}) / (${whole.expr} > 0)`, metrics }
}

/** The query's values less a number. */
export function minus(of: Query, value: number): Query {
  return { expr: `${of.expr} - ${value}`, metrics: of.metrics }
}

/** What a quantity per second comes to in an hour. */
export function perHour(of: Query): Query {
  return { expr: `3600 * ${of.expr}`, metrics: of.metrics }
}

/** Each of several quantities as a part of one number. */
export function partOf(part: Query, whole: Query): Query {
  const expr = `${part.expr} / on () group_left () (${whole.expr} > 0)`
  return { expr, metrics: join(part, whole) }
}

/** The query, and 0 where it has no value but `presence` has one. */
export function orZero(of: Query, presence: Query): Query {
  return { expr: `${of.expr} or 0 * ${presence.expr}`, metrics: join(of, presence) }
}

/** The query's values above a limit, and no others. */
export function above(of: Query, limit: number): Query {
  return { expr: `${of.expr} > ${limit}`, metrics: of.metrics }
}

/** The query's values that are this one, and no others. */
export function equal(of: Query, value: number): Query {
  return { expr: `${of.expr} == ${value}`, metrics: of.metrics }
}

/** All of the queries' values, where no two have the same labels. */
export function union(...queries: readonly Query[]): Query {
  const expr = `(${queries.map((each) => each.expr).join(' or ')})`
  return { expr, metrics: join(...queries) }
}

/** The sample selector itself, for expressions that the functions here do not cover. */
export function selector({ metric, matchers }: Series, suffix = ''): string {
  const filter = matchers.length > 0 ? `{${matchers.join(', ')}}` : ''
  return `${prometheusName(metric)}${suffix}${filter}`
}

function query(of: Series, expr: string): Query {
  return { expr, metrics: [of.metric] }
}

function join(...queries: readonly Query[]): readonly Metric[] {
  return [...new Set(queries.flatMap(({ metrics }) => metrics))]
}

function counter(of: Series): string {
  return selector(of, of.metric.instrument === 'histogram' ? '_count' : '')
}

function buckets(verb: string, of: Series, by: readonly string[], window: string): string {
  const labels = ['le', ...by.map((attribute) => label(of.metric, attribute))]
  return `sum by (${labels.join(', ')}) (${verb}(${selector(of, '_bucket')}[${window}]))`
}

function grouping(of: Series, by: readonly string[]): string {
  return by.length > 0 ? ` by (${labelsOf(of.metric, by)}) ` : ''
}

function labelsOf(metric: Metric, attributes: readonly string[]): string {
  return attributes.map((attribute) => label(metric, attribute)).join(', ')
}

function label(metric: Metric, attribute: string): string {
  if (carries(metric, attribute)) return labelName(attribute)
  throw new Error(
    `${metric.name} does not carry ${attribute}: take an attribute of its catalogue entry.`,
  )
}
