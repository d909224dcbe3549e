/** Small readers of Jaeger's and Prometheus's query APIs. */

/** A span as Jaeger gives it back. */
export interface StoredSpan {
  readonly service: string
  readonly name: string
  readonly spanId: string
  readonly parentSpanId: string | undefined
  readonly attributes: Readonly<Record<string, unknown>>
}

/** One series of the answer to a PromQL query. */
export interface Sample {
  readonly labels: Readonly<Record<string, string>>
  readonly value: number
}

interface KeyValue {
  readonly key: string
  readonly value: Readonly<Record<string, unknown>>
}

interface OtlpSpan {
  readonly name: string
  readonly spanId: string
  readonly parentSpanId?: string
  readonly attributes?: readonly KeyValue[]
}

interface ResourceSpans {
  readonly resource?: { readonly attributes?: readonly KeyValue[] }
  readonly scopeSpans?: ReadonlyArray<{ readonly spans?: readonly OtlpSpan[] }>
}

/** The spans of a trace that Jaeger has by now; none where it does not know the trace yet. */
export async function traceOf(jaeger: string, traceId: string): Promise<StoredSpan[]> {
  const response = await fetch(`${jaeger}/api/v3/traces/${traceId}`)
  if (response.status === 404) return []
  const { result } = (await read(response)) as {
    result: { resourceSpans: readonly ResourceSpans[] }
  }
  return result.resourceSpans.flatMap(({ resource, scopeSpans }) =>
    (scopeSpans ?? []).flatMap(({ spans }) =>
      (spans ?? []).map((span) => ({
        service: String(plain(resource?.attributes)['service.name']),
        name: span.name,
        spanId: span.spanId,
        parentSpanId: span.parentSpanId || undefined,
        attributes: plain(span.attributes),
      })),
    ),
  )
}

/** The answer to an instant query. */
export async function query(prometheus: string, promql: string): Promise<Sample[]> {
  const response = await fetch(`${prometheus}/api/v1/query?query=${encodeURIComponent(promql)}`)
  const { data } = (await read(response)) as {
    data: { result: ReadonlyArray<{ metric: Record<string, string>; value: [number, string] }> }
  }
  return data.result.map(({ metric, value }) => ({ labels: metric, value: Number(value[1]) }))
}

/** The answer to a query of which one number is expected; 0 where there is no series. */
export async function total(prometheus: string, promql: string): Promise<number> {
  const samples = await query(prometheus, promql)
  return samples.reduce((sum, { value }) => sum + value, 0)
}

async function read(response: Response): Promise<unknown> {
  if (response.ok) return response.json()
  throw new Error(`${response.url} answered ${response.status}: ${await response.text()}`)
}

function plain(attributes: readonly KeyValue[] = []): Record<string, unknown> {
  return Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0]]))
}
