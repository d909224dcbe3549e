import { query, type StoredSpan } from '../../examples/demo/backends.ts'

/** A span with those that it is the parent of, in the order of their names. */
export interface Tree {
  readonly name: string
  readonly children: readonly Tree[]
}

/** The tree of a trace that must have one root. */
export function treeOf(spans: readonly StoredSpan[]): Tree {
  const roots = spans.filter(({ parentSpanId }) => !parentSpanId)
  if (roots.length !== 1 || !roots[0]) throw new Error(`${roots.length} roots`)
  return branch(roots[0], spans)
}

function branch(span: StoredSpan, spans: readonly StoredSpan[]): Tree {
  const children = spans.filter(({ parentSpanId }) => parentSpanId === span.spanId)
  return { name: span.name, children: children.map((child) => branch(child, spans)) }
}

/** The one value that a query gives, or undefined where it gives none. */
export async function one(prometheus: string, promql: string): Promise<number | undefined> {
  const samples = await query(prometheus, promql)
  if (samples.length > 1) throw new Error(`${promql} gives ${samples.length} series`)
  return samples[0]?.value
}

/** The values of a query over the last five minutes, series by series. */
export async function range(prometheus: string, promql: string): Promise<number[][]> {
  const end = Date.now() / 1000
  const { result } = (await get(
    `${prometheus}/api/v1/query_range?query=${encodeURIComponent(promql)}&start=${end - 300}&end=${end}&step=1`,
  )) as { result: ReadonlyArray<{ values: ReadonlyArray<[number, string]> }> }
  return result.map(({ values }) => values.map(([, value]) => Number(value)))
}

/** Trace ids of the exemplars that a metric has. */
export async function exemplars(prometheus: string, metric: string): Promise<string[]> {
  const end = Date.now() / 1000
  const series = (await get(
    `${prometheus}/api/v1/query_exemplars?query=${metric}&start=${end - 300}&end=${end}`,
  )) as ReadonlyArray<{ exemplars: ReadonlyArray<{ labels: { trace_id: string } }> }>
  return series.flatMap(({ exemplars: list }) => list.map(({ labels }) => labels.trace_id))
}

async function get(url: string): Promise<unknown> {
  const response = await fetch(url)
  const { data, error } = (await response.json()) as { data: unknown; error?: string }
  if (!response.ok) throw new Error(`${url}: ${error}`)
  return data
}
