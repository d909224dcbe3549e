/** The demo over small programs in the place of the backends. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { startCannedOpenAi } from '../../examples/canned-openai/server.ts'
import { checks } from '../../examples/demo/checks.ts'
import { type Demo, startDemo } from '../../examples/demo/demo.ts'
import {
  anyPort,
  everyBinary,
  healthyProgram,
  running,
  started,
  unhealthyProgram,
} from './stand-ins.ts'

const main = join(import.meta.dirname, '../../examples/demo/main.ts')
// nobody takes what they export
const IN_VAIN = { OTEL_EXPORTER_OTLP_TIMEOUT: '300' }
const NO_MODEL = { ...IN_VAIN, OPENAI_API_KEY: '', OPENAI_BASE_URL: '' }
const WAIT = { timeout: 20_000 }

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'llmscope-test-'))
})

afterEach(async () => {
  await rm(folder, { recursive: true, force: true })
})

test('a base URL alone is used, also beside an empty key', { timeout: 60_000 }, async () => {
  const local = await startCannedOpenAi({ speed: 100, faultRate: 0 })
  const env = {
    ...everyBinary(await healthyProgram(folder)),
    ...IN_VAIN,
    OPENAI_BASE_URL: local.url,
    OPENAI_API_KEY: '',
  }
  const demo = await startDemo({ steps: 1, ports: 'free', env })
  try {
    expect(demo.canned).toBe(undefined)
    expect((await demo.ask('What do 4 L40S cost?')).traceId).toMatch(/^[0-9a-f]{32}$/)
    expect(local.billed['gpt-5-mini']?.requests).toBeGreaterThan(0)
  } finally {
    await demo.stop()
    await local.close()
  }
})

test('where a part cannot start, those before it are stopped', async () => {
  const env = { ...everyBinary(await healthyProgram(folder)), ...NO_MODEL }
  await expect(startDemo({ steps: 1, speed: 0, ports: 'free', env })).rejects.toThrow(
    'speed must be above 0',
  )
  expect(await started(folder)).toHaveLength(4)
  expect(await running(folder)).toEqual([])
})

test('a failed training and an agent that ended are said, each once', WAIT, async () => {
  const said: string[] = []
  const demo = await startDemo({
    steps: 0,
    ports: 'free',
    env: {
      ...everyBinary(await healthyProgram(folder)),
      ...NO_MODEL,
      LLMSCOPE_AGENT_COLLECTORS: 'nowhere',
    },
    onFailure: (line) => said.push(line),
  })
  await expect.poll(() => said, WAIT).toHaveLength(2)
  await demo.stop()
  expect(said.toSorted()).toEqual([
    'The agent of the host ended with exit code 2.',
    'The training ended with exit code 2.',
  ])
})

test('what is stopped has not failed', WAIT, async () => {
  const said: string[] = []
  const env = { ...everyBinary(await healthyProgram(folder)), ...NO_MODEL }
  const onFailure = (line: string) => said.push(line)
  const demo = await startDemo({ steps: 1_000_000, ports: 'free', env, onFailure })
  await demo.stop()
  expect(said).toEqual([])
})

test('a signal during the start leaves neither a process nor a folder', WAIT, async () => {
  await mkdir(join(folder, 'tmp'))
  const child = spawn(process.execPath, ['--conditions=@llmscope/source', main, '--stack'], {
    env: {
      ...process.env,
      ...anyPort,
      ...everyBinary(await unhealthyProgram(folder)),
      TMPDIR: join(folder, 'tmp'),
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const stderr = text(child.stderr)
  await expect.poll(async () => started(folder), WAIT).toHaveLength(4)
  child.kill('SIGINT')
  expect(await once(child, 'close')).toEqual([130, null])
  expect(await stderr).toBe('')
  expect(await running(folder)).toEqual([])
  expect(await readdir(join(folder, 'tmp'))).toEqual([])
})

test('a tool call is demanded of the canned server, and not of a model', async () => {
  const root = { name: 'invoke_workflow answer', spanId: '1' }
  const others = ['invoke_agent a', 'chat m', 'retrieval r'].map((name, index) => ({
    name,
    spanId: String(index + 2),
    parentSpanId: '1',
  }))
  const resourceSpans = [{ scopeSpans: [{ spans: [root, ...others] }] }]
  const jaeger = createServer((_request, response) => {
    response.end(JSON.stringify({ result: { resourceSpans } }))
  }).listen(0, '127.0.0.1')
  await once(jaeger, 'listening')
  const url = `http://127.0.0.1:${(jaeger.address() as AddressInfo).port}`
  const urls = { jaeger: url, prometheus: url, otlpHttp: url, otlpGrpc: url, alertmanager: url }
  const check = async (canned: Demo['canned']): Promise<string | undefined> => {
    const answer = { question: '?', traceId: 'f', responseId: 'r', score: 1 }
    return checks({ stack: { urls }, canned }, [answer])[0]?.check()
  }
  const canned = await startCannedOpenAi()
  try {
    expect(await check(undefined)).toBe('4 spans')
    await expect(check(canned)).rejects.toThrow('There is no execute_tool among')
  } finally {
    await canned.close()
    jaeger.close()
  }
})
