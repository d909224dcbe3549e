/** Telemetry of a shop that sells tickets, all of it within a few seconds of 2025. */
import type { ViewerProcess } from './viewer-process.ts'

export const START = 1_764_000_000_000
const nano = (milliseconds: number): string => String(BigInt(START + milliseconds) * 1_000_000n)

type Values = Readonly<Record<string, string | number>>

const attributes = (values: Values): object[] =>
  Object.entries(values).map(([key, value]) => ({
    key,
    value: typeof value === 'string' ? { stringValue: value } : { doubleValue: value },
  }))
export const resource = { attributes: attributes({ 'service.name': 'shop', 'host.name': 'here' }) }

/** A call of a model in the trace of so many digits. */
export function call(digit: string, place: number, more: Values, error = false): object {
  return {
    traceId: digit.repeat(32),
    spanId: `${digit.repeat(14)}${place.toString(16).padStart(2, '0')}`,
    ...(place > 0 && { parentSpanId: `${digit.repeat(14)}00` }),
    name: place === 0 ? 'answer' : 'chat small',
    startTimeUnixNano: nano(place * 100),
    endTimeUnixNano: nano(place === 0 ? 1000 : place * 200),
    status: error ? { code: 2 } : {},
    attributes: attributes(place === 0 ? more : { 'gen_ai.operation.name': 'chat', ...more }),
  }
}

/** Sends all of it. */
export async function sendShop(viewer: ViewerProcess): Promise<void> {
  const usage = { 'gen_ai.usage.input_tokens': 100, 'gen_ai.usage.output_tokens': 10 }
  const small = { 'gen_ai.request.model': 'small', 'gen_ai.provider.name': 'openai', ...usage }
  const sent = [
    call('1', 0, { 'gen_ai.conversation.id': 'talk' }),
    call('1', 1, { ...small, 'llmscope.cost.amount': 0.5, question: 'the price of a ticket' }),
    call('1', 2, { ...small, 'gen_ai.request.model': 'large' }),
    call('2', 0, { 'gen_ai.conversation.id': 'talk', ...usage }),
    call('2', 1, { ...small, 'error.type': 'timeout' }, true),
  ]
  await viewer.send('traces', { resourceSpans: [{ resource, scopeSpans: [{ spans: sent }] }] })
  const score = {
    eventName: 'gen_ai.evaluation.result',
    timeUnixNano: nano(1500),
    traceId: '1'.repeat(32),
    attributes: attributes({
      'gen_ai.evaluation.name': 'helpful',
      'gen_ai.evaluation.score.value': 0.75,
    }),
  }
  await viewer.send('logs', {
    resourceLogs: [{ resource, scopeLogs: [{ logRecords: [score] }] }],
  })
  const at = (seconds: number, values: object): object => ({
    startTimeUnixNano: nano(0),
    timeUnixNano: nano(seconds * 1000),
    ...values,
  })
  const metrics = [
    {
      name: 'shop.sold',
      unit: '{ticket}',
      sum: {
        isMonotonic: true,
        aggregationTemporality: 2,
        dataPoints: [1, 2, 3].map((seconds) => at(seconds, { asInt: seconds * 10 })),
      },
    },
    {
      name: 'shop.open',
      unit: '1',
      gauge: { dataPoints: [at(1, { asDouble: 0.5 }), at(3, { asDouble: 1 })] },
    },
    {
      name: 'shop.wait',
      unit: 's',
      histogram: {
        aggregationTemporality: 2,
        dataPoints: [
          at(1, { count: '2', sum: 3, bucketCounts: ['1', '1', '0'], explicitBounds: [1, 2] }),
          at(2, { count: '4', sum: 9, bucketCounts: ['1', '3', '0'], explicitBounds: [1, 2] }),
        ],
      },
    },
  ]
  await viewer.send('metrics', { resourceMetrics: [{ resource, scopeMetrics: [{ metrics }] }] })
}
