import { randomBytes } from 'node:crypto'

type Value = string | number
type Attributes = Readonly<Record<string, Value>>

export interface TestSpan {
  readonly name?: string
  readonly attributes?: Attributes
  readonly events?: readonly { readonly name: string; readonly attributes: Attributes }[]
  readonly failed?: boolean
  /** Of a trace that is there already; a new one where none is given. */
  readonly traceId?: string
  readonly parentSpanId?: string
}

/** Sends one span, in OTLP/JSON; answers with its trace's id. */
export async function sendSpan(otlpHttp: string, span: TestSpan = {}): Promise<string> {
  const { traceId = randomBytes(16).toString('hex'), parentSpanId } = span
  const end = BigInt(Date.now()) * 1_000_000n
  await post(`${otlpHttp}/v1/traces`, {
    resourceSpans: [
      {
        resource: RESOURCE,
        scopeSpans: [
          {
            scope: { name: 'test' },
            spans: [
              {
                traceId,
                spanId: randomBytes(8).toString('hex'),
                parentSpanId,
                name: span.name ?? 'chat m-1',
                kind: 3,
                startTimeUnixNano: String(end - 1_500_000_000n),
                endTimeUnixNano: String(end),
                attributes: keyValues(span.attributes ?? {}),
                events: (span.events ?? []).map(({ name, attributes }) => ({
                  name,
                  timeUnixNano: String(end),
                  attributes: keyValues(attributes),
                })),
                status: span.failed ? { code: 2 } : {},
              },
            ],
          },
        ],
      },
    ],
  })
  return traceId
}

/** Sends one point of a cumulative counter. */
export async function sendCounter(otlpHttp: string, name: string, value: number): Promise<void> {
  const now = BigInt(Date.now()) * 1_000_000n
  await post(`${otlpHttp}/v1/metrics`, {
    resourceMetrics: [
      {
        resource: RESOURCE,
        scopeMetrics: [
          {
            scope: { name: 'test' },
            metrics: [
              {
                name,
                sum: {
                  aggregationTemporality: 2,
                  isMonotonic: true,
                  dataPoints: [
                    {
                      startTimeUnixNano: String(now - 1_000_000_000n),
                      timeUnixNano: String(now),
                      asInt: String(value),
                    },
                  ],
                },
              },
            ],
          },
        ],
      },
    ],
  })
}

/** Sends one log record, as an SDK sends an event. */
export async function sendEvent(
  otlpHttp: string,
  eventName: string,
  attributes: Attributes,
): Promise<void> {
  const timeUnixNano = String(BigInt(Date.now()) * 1_000_000n)
  await post(`${otlpHttp}/v1/logs`, {
    resourceLogs: [
      {
        resource: RESOURCE,
        scopeLogs: [
          {
            scope: { name: 'test' },
            logRecords: [{ timeUnixNano, eventName, attributes: keyValues(attributes) }],
          },
        ],
      },
    ],
  })
}

export async function getJson<T>(url: string): Promise<T> {
  const response = await fetch(url)
  return (await response.json()) as T
}

/** What `query` gives now: a value for each series. */
export async function queryPrometheus(
  prometheus: string,
  query: string,
): Promise<{ metric: Record<string, string>; value: [number, string] }[]> {
  const url = `${prometheus}/api/v1/query?${new URLSearchParams({ query }).toString()}`
  const answer = await getJson<{ data: { result: Awaited<ReturnType<typeof queryPrometheus>> } }>(
    url,
  )
  return answer.data.result
}

const RESOURCE = {
  attributes: keyValues({
    'service.name': 'assistant',
    'service.instance.id': 'one',
    'host.name': 'node-7',
  }),
}

function keyValues(attributes: Attributes): object[] {
  return Object.entries(attributes).map(([key, value]) => ({
    key,
    value: typeof value === 'number' ? { intValue: String(value) } : { stringValue: value },
  }))
}

async function post(url: string, payload: object): Promise<void> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(payload),
  })
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${await response.text()}`)
}
