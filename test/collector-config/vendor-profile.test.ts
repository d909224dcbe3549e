import { startStack } from '@llmscope/stack'
import { expect, test } from 'vitest'
import { sendEvent, sendSpan } from './payload.ts'
import { startSink } from './sink.ts'

const PATIENCE = { timeout: 15_000 }

test('the vendor profile samples, keeps failures, drops content, and still counts every call', async () => {
  await using vendor = await startSink()
  const stack = await startStack({
    ports: 'free',
    profile: 'vendor',
    env: {
      LLMSCOPE_VENDOR_ENDPOINT: vendor.url,
      LLMSCOPE_VENDOR_ENCODING: 'json',
      LLMSCOPE_SAMPLING_PERCENTAGE: '0',
      LLMSCOPE_SAMPLING_WAIT: '1s',
      LLMSCOPE_SPAN_METRICS_INTERVAL: '500ms',
    },
  })
  const at = (path: string): string =>
    vendor.received
      .filter((request) => request.path === path)
      .map(({ body }) => body)
      .join('\n')
  try {
    const fine = await sendSpan(stack.urls.otlpHttp, { attributes })
    const failed = await sendSpan(stack.urls.otlpHttp, { attributes, events, failed: true })
    await sendEvent(stack.urls.otlpHttp, 'gen_ai.client.inference.operation.details', attributes)

    await expect.poll(() => at('/v1/traces'), PATIENCE).toContain(failed)
    expect(at('/v1/traces')).not.toContain(fine)
    await expect.poll(() => at('/v1/logs'), PATIENCE).toContain('operation.details')
    for (const path of ['/v1/traces', '/v1/logs']) {
      expect(at(path)).toContain('"m-1"')
      expect(at(path)).not.toMatch(/the (question|answer|arguments)/)
    }
    await expect.poll(() => at('/v1/metrics'), PATIENCE).toMatch(callsOf('STATUS_CODE_UNSET'))
    await expect.poll(() => at('/v1/metrics'), PATIENCE).toMatch(callsOf('STATUS_CODE_ERROR'))
  } finally {
    await stack.stop()
  }
})

const attributes = {
  'gen_ai.request.model': 'm-1',
  'gen_ai.input.messages': 'the question',
  'gen_ai.output.messages': 'the answer',
  'gen_ai.tool.call.arguments': 'the arguments',
}
const events = [{ name: 'exception', attributes: { 'exception.message': 'quotes the question' } }]

/** One data point of the counter of calls, for spans of `status`, with the value 1. */
function callsOf(status: string): RegExp {
  return new RegExp(`traces\\.span\\.metrics\\.calls.*"${status}".*?"asInt":"1"`)
}
