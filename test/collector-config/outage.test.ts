import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startStack, type Stack, type StackOptions } from '@llmscope/stack'
import { afterEach, expect, test } from 'vitest'
import { queryPrometheus, sendCounter, sendSpan } from './payload.ts'
import { startSink, type Sink } from './sink.ts'

// the vendor never answers: whoever waited for it would wait longer than any of this
const PATIENCE = 30_000

const cleanUp: (() => Promise<unknown>)[] = []

afterEach(async () => {
  for (const step of cleanUp.splice(0).toReversed()) await step()
})

test.each([
  ['does not answer', async () => startSink(0, async () => new Promise<number>(() => {}))],
  ['answers 503', async () => startSink(0, () => 503)],
  ['is gone', async () => goneSink()],
])('a vendor that %s holds up neither the sender nor the other backends', async (_case, sink) => {
  const vendor = keep(await sink())
  const { urls } = await start({
    profile: 'local-vendor',
    env: { LLMSCOPE_VENDOR_ENDPOINT: vendor.url, LLMSCOPE_VENDOR_ENCODING: 'json' },
  })
  const traces = []
  for (let index = 0; index < 50; index += 1) {
    traces.push(
      await sendSpan(urls.otlpHttp, {
        attributes: { 'gen_ai.input.messages': 'x'.repeat(50_000) },
      }),
    )
  }
  await sendCounter(urls.otlpHttp, 'test.outage', 7)
  const last = traces.at(-1)
  await expect
    .poll(async () => (await fetch(`${urls.jaeger}/api/v3/traces/${last}`)).status, {
      timeout: PATIENCE,
    })
    .toBe(200)
  await expect
    .poll(async () => queryPrometheus(urls.prometheus, 'test_outage_total'), { timeout: PATIENCE })
    .toHaveLength(1)
})

test('what waits for a vendor on disk outlives a restart of the Collector', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'llmscope-test-'))
  cleanUp.push(async () => rm(dataDir, { recursive: true, force: true }))
  const gone = await goneSink()
  const options: StackOptions = {
    profile: 'vendor',
    dataDir,
    env: {
      LLMSCOPE_VENDOR_ENDPOINT: gone.url,
      LLMSCOPE_VENDOR_ENCODING: 'json',
      LLMSCOPE_QUEUE_STORAGE: 'file_storage/queue',
      LLMSCOPE_SAMPLING_PERCENTAGE: '100',
      LLMSCOPE_SAMPLING_WAIT: '1s',
    },
  }
  const before = await start(options)
  await sendCounter(before.urls.otlpHttp, 'test.survivor', 7)
  await before.stop()

  const vendor = keep(await startSink(Number(new URL(gone.url).port)))
  await start(options)
  await expect
    .poll(() => vendor.received.some(({ body }) => body.includes('test.survivor')), {
      timeout: 15_000,
    })
    .toBe(true)
})

async function start(options: StackOptions): Promise<Stack> {
  const stack = await startStack({ ports: 'free', ...options })
  cleanUp.push(stack.stop)
  return stack
}

function keep(sink: Sink): Sink {
  cleanUp.push(async () => sink[Symbol.asyncDispose]())
  return sink
}

/** A vendor whose address nobody listens on. */
async function goneSink(): Promise<Sink> {
  const sink = await startSink()
  await sink[Symbol.asyncDispose]()
  return { ...sink, [Symbol.asyncDispose]: async () => {} }
}
