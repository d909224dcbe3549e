import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startStack } from '@llmscope/stack'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import {
  everyBinary,
  healthyProgram,
  pidsOf,
  running,
  script,
  started,
  unhealthyProgram,
} from './stand-ins.ts'

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'llmscope-test-'))
})

afterEach(async () => {
  vi.unstubAllEnvs()
  await rm(folder, { recursive: true, force: true })
})

test('a busy port is named, with who needs it and the variable that changes it', async () => {
  const held = await listen()
  try {
    await expect(startStack({ ports: { ...anyPort, prometheus: portOf(held) } })).rejects.toThrow(
      `Port ${portOf(held)} is in use, and Prometheus needs it. ` +
        'Stop what listens there, or set LLMSCOPE_PROMETHEUS_PORT to another port.',
    )
  } finally {
    held.close()
  }
})

test('every busy port is named at once', async () => {
  const held = [await listen(), await listen()] as const
  const ports = { ...anyPort, jaeger: portOf(held[0]), otlpHttp: portOf(held[1]) }
  try {
    await expect(startStack({ ports })).rejects.toThrow(
      new RegExp(`Port ${ports.otlpHttp} [^]*LLMSCOPE_OTLP_HTTP_PORT[^]*Port ${ports.jaeger} `),
    )
  } finally {
    for (const server of held) server.close()
  }
})

test('a variable that holds no port is named', async () => {
  await expect(startStack({ env: { LLMSCOPE_JAEGER_PORT: 'sixteen' } })).rejects.toThrow(
    'LLMSCOPE_JAEGER_PORT is sixteen, which is no port. Give a number from 0 to 65535.',
  )
})

test('without Go and without binaries, the message says what to install or to set', async () => {
  const env = { PATH: folder, LLMSCOPE_CACHE: join(folder, 'cache') }
  await expect(startStack({ ports: 'free', env })).rejects.toThrow(
    /Go was not found on PATH, and alertmanager, jaeger, prometheus, otelcol-llmscope must be built.*Install Go.*LLMSCOPE_JAEGER_BIN/,
  )
})

test('a binary that cannot be run is named, with the variable that names it', async () => {
  const env = { LLMSCOPE_JAEGER_BIN: join(folder, 'jaeger') }
  await expect(startStack({ ports: 'free', env })).rejects.toThrow(
    `LLMSCOPE_JAEGER_BIN is ${join(folder, 'jaeger')}, which cannot be run.`,
  )
})

test('an unknown profile is refused before anything is built, and the known ones are named', async () => {
  const env = { PATH: folder, LLMSCOPE_CACHE: join(folder, 'cache') }
  await expect(startStack({ ports: 'free', env, profile: 'nowhere' })).rejects.toThrow(
    /There is no Collector profile nowhere\. There are: .*local/,
  )
})

test('a service that ends at once is named, with the end of its log; the others are stopped', async () => {
  const binary = await script(
    folder,
    `echo $$ >> ${pidsOf(folder)}`,
    'case "$*" in *stack/jaeger/*) echo "no such storage" >&2; exit 3;; esac',
    'exec sleep 60',
  )
  const dataDir = join(folder, 'data')
  await expect(startStack({ ports: 'free', env: everyBinary(binary), dataDir })).rejects.toThrow(
    /Jaeger ended \(exit status 3\)[^]*jaeger\.log, ends with:\nno such storage/,
  )
  expect(await readdir(dataDir)).toContain('jaeger.log')
  expect(await running(folder)).toEqual([])
})

test('the log that a failure names is still there after the stop', async () => {
  const stack = await startStack({ ports: 'free', env: everyBinary(await healthyProgram(folder)) })
  await fetch(`${stack.urls.prometheus}/fail`).catch(() => undefined)
  const { message } = await stack.failure
  await stack.stop()
  expect(message).toMatch(/^Prometheus ended \(exit status 3\)[^]*out of disk$/)
  const [, log = ''] = /Its log, (\S+),/.exec(message) ?? []
  expect(await readFile(log, 'utf8')).toContain('out of disk')
  await rm(stack.dataDir, { recursive: true })
})

test('a start that fails without naming a log leaves no folder', async () => {
  vi.stubEnv('TMPDIR', join(folder, 'tmp'))
  await mkdir(join(folder, 'tmp'))
  const env = everyBinary(await unhealthyProgram(folder))
  const interrupted = new AbortController()
  const start = startStack({ ports: 'free', env, signal: interrupted.signal })
  await expect.poll(async () => started(folder), { timeout: 10_000 }).toHaveLength(4)
  interrupted.abort()
  await expect(start).rejects.toMatchObject({ name: 'AbortError' })
  expect(await running(folder)).toEqual([])
  expect(await readdir(join(folder, 'tmp'))).toEqual([])
})

const anyPort = { otlpGrpc: 0, otlpHttp: 0, jaeger: 0, prometheus: 0, alertmanager: 0 }

async function listen(): Promise<Server> {
  const server = createServer()
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve(server))
  })
}

function portOf(server: Server): number {
  const address = server.address()
  return address !== null && typeof address === 'object' ? address.port : Number.NaN
}
