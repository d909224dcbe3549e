import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { type Ended, type Running, start } from './child.ts'

const REGISTER = ['--import', '@llmscope/sdk/register']
const ESM = `import OpenAI from 'openai'`

function run(program: string, options = REGISTER, env: NodeJS.ProcessEnv = {}): Running {
  const type = program.includes('require(') ? 'commonjs' : 'module'
  return start([...options, `--input-type=${type}`, '--eval', program], {
    LLMSCOPE_REPORT: '1',
    OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9',
    OTEL_EXPORTER_OTLP_TIMEOUT: '100',
    ...env,
  })
}

const report = async (...call: Parameters<typeof run>): Promise<string> =>
  (await run(...call).ended).stderr

test('the report tells what is traced, in which form, and where it goes', async () => {
  const program = `${ESM}; import { trace } from '@opentelemetry/api'
    trace.getTracer('application').startSpan('work').end()`
  const text = await report(program)
  expect(text).toMatch(
    /versions +Node\.js 24\.\S+, llmscope \S+, OpenTelemetry API 1\.10\.0, sdk-node 0\.301\.0/,
  )
  expect(text).toMatch(/traced +openai 7\.57\.0 \(ESM\): (\d+) of \1 methods/)
  expect(text).toMatch(/SDK +started by llmscope, from the OTEL_\* variables/)
  expect(text).toMatch(/traces +otlp \(http\/protobuf\) to http:\/\/127\.0\.0\.1:9\/v1\/traces/)
  expect(text).toMatch(/sampling +parentbased_always_on/)
  expect(text).toMatch(/settings .*captureContent "no_content".*contentLimit 65536/)
})

test('the report tells of a CommonJS client, and of an SDK of the application’s own', async () => {
  const text = await report(`require('openai')
    const { NodeSDK } = require('@opentelemetry/sdk-node')
    new NodeSDK().start()
    process.exit()`)
  expect(text).toMatch(/traced +openai 7\.57\.0 \(CommonJS\): (\d+) of \1 methods/)
  expect(text).toMatch(/SDK +the application's own/)
  expect(text).not.toMatch(/^ +traces /m)
})

test('a client that was loaded before is told of, with what to do', async () => {
  const text = await report(ESM, ['--require', 'openai', ...REGISTER])
  expect(text).toMatch(
    /not traced +openai 7\.57\.0 in \S+openai: it was loaded before llmscope: start/,
  )
})

test('a client that is installed and was not loaded is told of', async () => {
  const text = await report(`import { start } from '@llmscope/sdk'; start({ report: true })`, [], {
    LLMSCOPE_REPORT: '',
  })
  expect(text).toMatch(/traced +no LLM client so far/)
  expect(text).toMatch(/not traced +openai 7\.57\.0 in \S+: installed, and not seen being loaded/)
})

test('the report of a process that goes on is written when it has started', async () => {
  const running = run(`${ESM}; setInterval(() => {}, 1000)`)
  await running.printed('start-up report')
  running.kill('SIGKILL')
  expect((await running.ended).stderr).toContain('openai 7.57.0 (ESM)')
})

test('as a file it is JSON, and told anew when a client is loaded later', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'llmscope-report-'))
  const LLMSCOPE_REPORT = join(folder, 'report.json')
  const running = run(
    `process.stdin.on('data', () => import('openai')); setTimeout(() => import('openai'), 3000)`,
    REGISTER,
    { LLMSCOPE_REPORT },
  )
  const clients = async (): Promise<unknown> =>
    JSON.parse(await readFile(LLMSCOPE_REPORT, 'utf8').catch(() => '{}')).clients
  await expect.poll(clients, { timeout: 5000 }).toEqual([])
  await expect.poll(clients, { timeout: 8000 }).toEqual([
    {
      module: 'openai',
      version: '7.57.0',
      form: 'ESM',
      methods: 24,
      known: 24,
      isUntested: false,
    },
  ])
  const ended: Ended = await running.ended
  expect(ended).toMatchObject({ code: 0 })
  expect(ended.stderr).not.toContain('start-up report')
  await rm(folder, { recursive: true })
}, 20_000)

test('without being asked for there is no report', async () => {
  expect(await report(ESM, REGISTER, { LLMSCOPE_REPORT: '0' })).toBe('')
})
