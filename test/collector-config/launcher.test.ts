import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterEach, beforeEach, expect, test } from 'vitest'

const main = join(import.meta.dirname, '../../stack/src/main.ts')
const PATIENCE = { timeout: 20_000 }
const ANY_PORT = {
  LLMSCOPE_OTLP_GRPC_PORT: '0',
  LLMSCOPE_OTLP_HTTP_PORT: '0',
  LLMSCOPE_JAEGER_PORT: '0',
  LLMSCOPE_PROMETHEUS_PORT: '0',
  LLMSCOPE_ALERTMANAGER_PORT: '0',
}

let temporary: string

beforeEach(async () => {
  temporary = await mkdtemp(join(tmpdir(), 'llmscope-test-'))
})

afterEach(async () => {
  await rm(temporary, { recursive: true, force: true })
})

test('each service has a line with its address, and Ctrl-C leaves nothing behind', async () => {
  const { launcher, addresses } = await launch()
  expect([...addresses.keys()]).toEqual([
    'OTLP/HTTP',
    'OTLP/gRPC',
    'Jaeger',
    'Prometheus',
    'Alertmanager',
  ])
  expect(await answering(addresses)).toEqual(['OTLP/HTTP', 'Jaeger', 'Prometheus', 'Alertmanager'])

  launcher.kill('SIGINT')
  expect(await once(launcher, 'exit')).toEqual([0, null])
  expect(await answering(addresses)).toEqual([])
  expect(await readdir(temporary)).toEqual([])
})

test('a killed launcher takes the services with it', async () => {
  const { launcher, addresses } = await launch()
  launcher.kill('SIGKILL')
  await expect.poll(async () => answering(addresses), PATIENCE).toEqual([])
})

async function launch(): Promise<{ launcher: ChildProcess; addresses: Map<string, string> }> {
  const launcher = spawn(process.execPath, [main], {
    env: { ...process.env, ...ANY_PORT, TMPDIR: temporary },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const addresses = new Map<string, string>()
  for await (const line of createInterface({ input: launcher.stdout })) {
    const [, name, address] = /^(\S+) +(http:\S+)$/.exec(line) ?? []
    if (name && address) addresses.set(name, address)
    if (line.startsWith('Ready.')) break
  }
  return { launcher, addresses }
}

/** The services that answer an HTTP request, whatever they answer. */
async function answering(addresses: Map<string, string>): Promise<string[]> {
  const names = []
  for (const [name, address] of addresses) {
    const answer = await fetch(address).catch(() => undefined)
    if (answer) names.push(name)
  }
  return names
}
