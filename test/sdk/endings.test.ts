import { type AddressInfo, createServer, type Server } from 'node:net'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { type Running, start } from './child.ts'
import { type OpenAIServer, startOpenAIServer } from './openai-server/server.ts'
import { type OtlpSink, startOtlpSink } from './otlp-sink.ts'

const REGISTER = ['--import', '@llmscope/sdk/register']
const IMPORT = `import OpenAI from 'openai'`
const START = `import { start } from '@llmscope/sdk'; start()
  const { default: OpenAI } = await import('openai')`
const CALL = `
  const client = new OpenAI({ apiKey: 'key', baseURL: process.env.OPENAI_BASE_URL, maxRetries: 0 })
  const create = (more) => client.chat.completions.create({ model: 'ordinary', messages: [], ...more })
  await create()`
const WAYS = [
  ['--import register', REGISTER, IMPORT],
  ['start()', [], START],
] as const
const DETAILS = { OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT: 'event_only' }

// each test starts a process or two, on a machine that may be busy
vi.setConfig({ testTimeout: 30_000 })

let server: OpenAIServer
let sink: OtlpSink

beforeEach(async () => {
  ;[server, sink] = await Promise.all([startOpenAIServer(), startOtlpSink()])
})

afterEach(() => Promise.all([server.close(), sink.close()]))

function run(program: string, options: readonly string[], env = {}): Running {
  return start([...options, '--input-type=module', '--eval', program], {
    OPENAI_BASE_URL: server.baseURL,
    OTEL_EXPORTER_OTLP_ENDPOINT: sink.url,
    OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
    ...DETAILS,
    ...env,
  })
}

/** Every signal of one call, and of the call only. */
function expectOneCall(): void {
  expect(sink.spans).toMatchObject([{ name: 'chat ordinary' }])
  expect(sink.logs).toMatchObject([{ eventName: 'gen_ai.client.inference.operation.details' }])
  const value = (name: string): unknown =>
    sink.points.filter(({ metric }) => metric === name).map((point) => point.count ?? point.value)
  expect(value('gen_ai.client.inference.duration')).toEqual([1])
  expect(value('gen_ai.client.inference.usage.input_tokens')).toEqual([28])
}

describe.each(WAYS)('with %s', (_, options, imports) => {
  test.each([
    ['that has nothing left to do', '', { code: 0, stderr: '' }],
    ['that calls process.exit()', 'process.exit(3)', { code: 3, stderr: '' }],
    ['that leaves a code', 'process.exitCode = 4', { code: 4, stderr: '' }],
    [
      'that throws',
      `throw new RangeError('mine')`,
      { code: 1, stderr: expect.stringContaining('RangeError: mine') },
    ],
    [
      'that does not handle a rejection',
      `Promise.reject(new RangeError('mine')); setInterval(() => {}, 1000)`,
      { code: 1, stderr: expect.stringContaining('RangeError: mine') },
    ],
    [
      'that waits for what never comes',
      'await new Promise(() => {})',
      { code: 13, stderr: expect.stringContaining('unsettled top-level await') },
    ],
  ])('a short process %s loses nothing', async (_ending, last, expected) => {
    const ended = await run(`${imports}; ${CALL}; ${last}`, options).ended
    expect(ended).toMatchObject({ signal: null, ...expected })
    expect(ended.stderr).not.toContain('llmscope')
    expectOneCall()
  })

  test.each(['SIGTERM', 'SIGINT'] as const)(
    'a process that %s ends loses nothing',
    async (signal) => {
      const running = run(
        `${imports}; ${CALL}; console.log('ready'); setInterval(() => {}, 1000)`,
        options,
      )
      await running.printed('ready')
      running.kill(signal)
      expect(await running.ended).toMatchObject({ code: null, signal, stderr: '' })
      expectOneCall()
    },
  )
})

test('a stream that is open when the process exits is sent as abandoned', async () => {
  const program = `${IMPORT}; ${CALL}; for await (const _ of await create({ stream: true })) process.exit(0)`
  expect(await run(program, REGISTER).ended).toMatchObject({ code: 0, stderr: '' })
  expect(sink.spans.map(({ attributes }) => attributes['llmscope.stream.outcome'])).toEqual([
    undefined,
    'abandoned',
  ])
})

test('work that a listener of beforeExit begins is done, and is telemetry too', async () => {
  const program = `${IMPORT}; ${CALL}
    process.once('beforeExit', async () => { await null; await create({ model: 'late' }) })`
  await run(program.replace('late', 'paced'), REGISTER).ended
  expect(sink.spans.map(({ name }) => name)).toEqual(['chat ordinary', 'chat paced'])
})

test('what has been sent is not sent again', async () => {
  const program = `import { flush, start } from '@llmscope/sdk'; start()
    const { default: OpenAI } = await import('openai'); ${CALL}
    console.log(JSON.stringify(await flush()))
    process.exit(0)`
  expect((await run(program, []).ended).stdout).toBe('{"complete":true}\n')
  expectOneCall()
  expect(sink.received.split('\n')).toHaveLength(3)
})

/** Accepts connections and says nothing. */
async function listenSilently(): Promise<Server> {
  const listening = createServer()
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve))
  return listening
}

describe.each(['refuses', 'never answers'])('an endpoint that %s', (manner) => {
  test.each([
    ['with nothing left to do', ''],
    ['by process.exit()', 'process.exit()'],
    ['by an error', `throw new RangeError('mine')`],
    ['by a signal', `process.kill(process.pid, 'SIGTERM'); setInterval(() => {}, 1000)`],
    [
      'after flush()',
      `console.log((await flush({ timeoutMillis: 300 })).complete); process.exit()`,
    ],
  ])('delays an end %s by no more than is allowed, and is told of', async (_, last) => {
    const listening = await listenSilently()
    const { port } = listening.address() as AddressInfo
    const program = `import { flush } from '@llmscope/sdk'; ${IMPORT}; ${CALL}
      console.log(Date.now()); ${last}`
    const { stdout, stderr } = await run(program, REGISTER, {
      OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${manner === 'refuses' ? 9 : port}`,
      LLMSCOPE_EXIT_TIMEOUT: '500',
    }).ended
    listening.close()
    const [time, complete = 'false'] = stdout.trim().split('\n')
    // 500 ms, 300 more for the flush, and what a busy machine takes to end a process
    expect(Date.now() - Number(time)).toBeLessThan(4000)
    expect(complete).toBe('false')
    expect(stderr).toMatch(
      /LlmscopeWarning: llmscope: (the last telemetry|not all|\\w+ cannot be sent)/,
    )
  })
})
