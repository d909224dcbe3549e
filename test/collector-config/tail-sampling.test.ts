import { startStack, type Stack } from '@llmscope/stack'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sendSpan, type TestSpan } from './payload.ts'
import { startSink, type Sink } from './sink.ts'

const PATIENCE = { timeout: 30_000 }
const HINTS = ['error', 'expensive', 'slow'].flatMap((reason) => Array<string>(5).fill(reason))
const PLAIN = 100

let vendor: Sink
let stack: Stack

beforeAll(async () => {
  vendor = await startSink()
  stack = await startStack({
    ports: 'free',
    profile: 'vendor',
    env: {
      LLMSCOPE_VENDOR_ENDPOINT: vendor.url,
      LLMSCOPE_VENDOR_ENCODING: 'json',
      LLMSCOPE_SAMPLING_PERCENTAGE: '30',
      LLMSCOPE_SAMPLING_WAIT: '10s',
    },
  })
})

afterAll(async () => {
  await stack?.stop()
  await vendor?.[Symbol.asyncDispose]()
})

test('traces with a hint of the SDK are kept whole, and of the plain ones a share', async () => {
  const plain: string[] = []
  for (let index = 0; index < PLAIN; index += 1) plain.push(await sendTrace({}))
  const hinted: string[] = []
  for (const reason of HINTS) {
    hinted.push(await sendTrace({ attributes: { 'llmscope.keep': reason } }))
  }

  await expect.poll(() => hinted.map(spansAtVendor), PATIENCE).toEqual(HINTS.map(() => 2))
  await expect.poll(() => kept(plain).length, PATIENCE).toBeGreaterThan(10)
  await expect.poll(() => plain.filter((trace) => spansAtVendor(trace) === 1), PATIENCE).toEqual([])
  expect(kept(plain).length).toBeLessThan(60)
})

/** A call, then the agent around it, each in a request of its own. */
async function sendTrace(call: TestSpan): Promise<string> {
  const traceId = await sendSpan(stack.urls.otlpHttp, { ...call, parentSpanId: ROOT })
  return sendSpan(stack.urls.otlpHttp, { name: 'invoke_agent planner', traceId })
}

const ROOT = '00f067aa0ba902b7'

function spansAtVendor(traceId: string): number {
  return vendor.received.reduce((sum, { body }) => sum + body.split(traceId).length - 1, 0)
}

function kept(traces: readonly string[]): string[] {
  return traces.filter((trace) => spansAtVendor(trace) > 0)
}
