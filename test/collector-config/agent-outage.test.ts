import { mkdtemp, readdir, readFile, readlink, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startStack, type Stack, type StackOptions } from '@llmscope/stack'
import { afterEach, expect, test } from 'vitest'
import { AgentProcess, LINUX, SMI_PATH } from '../host-agent/agent-process.ts'
import { startSink, type Sink } from './sink.ts'

const PATIENCE = { timeout: 60_000 }

const cleanUp: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const step of cleanUp.splice(0).toReversed()) await step()
})

test('a Collector that is killed, away and back has every round of the agent', async () => {
  const vendor = await startSink()
  cleanUp.push(async () => vendor[Symbol.asyncDispose]())
  const dataDir = await mkdtemp(join(tmpdir(), 'llmscope-agent-outage-'))
  cleanUp.push(async () => rm(dataDir, { recursive: true, force: true }))
  const options: StackOptions = {
    profile: 'vendor',
    dataDir,
    env: {
      LLMSCOPE_VENDOR_ENDPOINT: vendor.url,
      LLMSCOPE_VENDOR_ENCODING: 'json',
      LLMSCOPE_QUEUE_STORAGE: 'file_storage/queue',
    },
  }
  const before = await startStack({ ports: 'free', ...options })
  cleanUp.push(before.stop)
  const [http, grpc] = [portOf(before.urls.otlpHttp), portOf(before.urls.otlpGrpc)]
  const agent = new AgentProcess(
    ['--interval', '200', '--collectors', 'uptime', '--protocol', 'grpc'],
    {
      PATH: SMI_PATH,
      LLMSCOPE_AGENT_HOST_ROOT: LINUX,
      OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${grpc}`,
      OTEL_EXPORTER_OTLP_TIMEOUT: '1000',
    },
  )
  cleanUp.push(async () => agent.end('SIGKILL'))
  await expect.poll(() => rounds(vendor).length, PATIENCE).toBeGreaterThan(10)

  process.kill(await collectorOf(before), 'SIGKILL')
  await before.failure
  await before.stop()
  const away = Date.now()
  await expect.poll(() => Date.now() - away, PATIENCE).toBeGreaterThan(2000)
  const back = Date.now()
  const after = await startStack({ ports: { otlpHttp: http, otlpGrpc: grpc }, ...options })
  cleanUp.push(after.stop)
  await expect.poll(() => rounds(vendor).at(-1) ?? 0, PATIENCE).toBeGreaterThan(back + 2000)

  const all = rounds(vendor)
  const gaps = all.slice(1).map((time, index) => time - (all[index] ?? time))
  expect(Math.max(...gaps)).toBeLessThan(1000)
  expect(agent.stderr.match(/cannot send/g)).toHaveLength(1)
})

const portOf = (url: string): number => Number(new URL(url).port)

/** The times of the rounds that arrived, in milliseconds, each once, sorted. */
function rounds({ received }: Sink): number[] {
  const times = received.flatMap(({ body }) =>
    [...body.matchAll(/"name":"system\.uptime".*?"timeUnixNano":"(\d+)"/g)].map(
      ([, nanoseconds]) => Number(nanoseconds) / 1e6,
    ),
  )
  return [...new Set(times)].toSorted((left, right) => left - right)
}

/** The process of a stack's Collector: the one whose program that is, with the stack's folder. */
async function collectorOf({ dataDir }: Stack): Promise<number> {
  for (const name of await readdir('/proc')) {
    const program = await readlink(`/proc/${name}/exe`).catch(() => '')
    if (!program.includes('otelcol')) continue
    const environment = await readFile(`/proc/${name}/environ`, 'utf8').catch(() => '')
    if (environment.includes(dataDir)) return Number(name)
  }
  throw new Error(`There is no Collector with ${dataDir}.`)
}
