import { emptyResource } from '@opentelemetry/resources'
import type { ResourceMetrics } from '@opentelemetry/sdk-metrics'
import { expect, test } from 'vitest'
import { createDelivery } from '../../host-agent/src/delivery.ts'
import { createPoints } from '../../host-agent/src/points.ts'
import { OtlpSink } from './otlp-sink.ts'

test('metrics that cannot be written down are lost alone: the next ones are sent', async () => {
  const sink = await OtlpSink.open()
  const lines: string[] = []
  const address = `${sink.url}/v1/metrics`
  const delivery = createDelivery(address, `${sink.url}/v1/logs`, (line) => lines.push(line))
  const empty = createPoints(emptyResource(), 0)([], 1)
  const hostile: ResourceMetrics = {
    ...empty,
    get scopeMetrics(): never {
      throw new Error('not to be written down')
    },
  }
  delivery.offer({ metrics: hostile, records: [] })
  await delivery.flush()
  delivery.offer({ metrics: empty, records: [] })
  await delivery.flush()
  await sink.close()
  expect(sink.exports).toHaveLength(1)
  expect(lines).toEqual([
    `cannot send to ${address}, and goes on trying: not to be written down`,
    `sends to ${address} again`,
  ])
})
