/** One variant in a process of its own: does rounds on request and tells the CPU time that each took. */
import { NodeSDK } from '@opentelemetry/sdk-node'
import * as openai from 'openai'
import { calls, chunks, handWritten, type Round } from './variants.ts'

const [variant = 'bare', work = 'calls'] = process.argv.slice(2)

if (variant !== 'bare') new NodeSDK().start()
if (variant.startsWith('llmscope')) {
  const { instrument } = await import('@llmscope/sdk')
  instrument(new openai.OpenAI({ apiKey: 'k' }))
}

const plain: Round = work === 'chunks' ? chunks() : calls()
const round = variant === 'hand-written' ? handWritten(plain) : plain

process.on('message', async (count: number) => {
  const before = process.cpuUsage()
  await round(count)
  // what a batch of spans costs to export belongs to the calls that made it
  await new Promise((resolve) => setTimeout(resolve, 20))
  const { user, system } = process.cpuUsage(before)
  process.send?.((user + system) / count)
})
process.on('disconnect', () => process.exit(0))
process.send?.('ready')
