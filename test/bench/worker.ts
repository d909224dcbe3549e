/** One variant in a process of its own: does rounds on request and tells what each took, in µs a piece. */
import { type ProxyTracerProvider, trace } from '@opentelemetry/api'
import { NodeSDK } from '@opentelemetry/sdk-node'
import * as openai from 'openai'
import { calls, chunks, firstChunks, handWritten, type Round } from './variants.ts'

const [variant = 'bare', work = 'calls'] = process.argv.slice(2)

if (variant !== 'bare') new NodeSDK().start()
if (variant.startsWith('llmscope')) {
  const { instrument } = await import('@llmscope/sdk')
  instrument(new openai.OpenAI({ apiKey: 'k' }))
}

/** CPU time of all threads. */
function cpu(): number {
  const { user, system } = process.cpuUsage()
  return user + system
}

/** What the spans of a round cost to export belongs to the calls that made them. */
async function flush(): Promise<void> {
  const provider = (trace.getTracerProvider() as ProxyTracerProvider).getDelegate()
  await (provider as { forceFlush?(): Promise<void> }).forceFlush?.()
}

function roundOf(): Round {
  if (work === 'first chunks') return firstChunks()
  if (work === 'chunks') return chunks()
  return variant.startsWith('hand-written')
    ? handWritten(calls(), variant.endsWith('content'))
    : calls()
}

const round = roundOf()

process.on('message', async (count: number) => {
  const before = cpu()
  const waited = await round(count)
  await flush()
  process.send?.((waited ?? cpu() - before) / count)
})
process.on('disconnect', () => process.exit(0))
process.send?.('ready')
