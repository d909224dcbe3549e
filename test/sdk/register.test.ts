import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Running, start } from './child.ts'
import { startOpenAIServer } from './openai-server/server.ts'
import type { ScriptedServer } from './scripted-server/server.ts'
import { type OtlpSink, startOtlpSink } from './otlp-sink.ts'

const REGISTER = ['--import', '@llmscope/sdk/register']
const ESM = `import OpenAI from 'openai'`
const CJS = `const OpenAI = require('openai')`
const CALL = `
  const client = new OpenAI({ apiKey: 'key', baseURL: process.env.OPENAI_BASE_URL, maxRetries: 0 })
  const chat = (model) => client.chat.completions.create({ model, messages: [] })`
const SERVE = `setInterval(() => {}, 1000)`

let server: ScriptedServer
let sink: OtlpSink

beforeEach(async () => {
  ;[server, sink] = await Promise.all([startOpenAIServer(), startOtlpSink()])
})

afterEach(() => Promise.all([server.close(), sink.close()]))

function run(program: string, options: readonly string[] = REGISTER, env = {}): Running {
  const type = program.includes('require(') ? 'commonjs' : 'module'
  return start([...options, `--input-type=${type}`, '--eval', program], {
    OPENAI_BASE_URL: server.baseURL,
    OTEL_EXPORTER_OTLP_ENDPOINT: sink.url,
    OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
    ...env,
  })
}

const OLDER = `data:text/javascript,Object.defineProperty(process.versions,'node',{value:'22.15.0'})`
const FORMS = [
  ['an ES module', `${ESM}; ${CALL}; console.log((await chat('ordinary')).id)`],
  ['a CommonJS module', `${CJS}; ${CALL}; chat('ordinary').then(({ id }) => console.log(id))`],
] as const

test.each(FORMS)('%s is traced where hooks are not synchronous', async (_, program) => {
  expect(await run(program, ['--import', OLDER, ...REGISTER]).ended).toMatchObject({
    stdout: 'chatcmpl-ordinary\n',
    stderr: '',
  })
  expect(sink.spans).toMatchObject([{ name: 'chat ordinary' }])
})

test.each(FORMS)(
  '%s is traced and measured to where the standard variables say',
  async (_, program) => {
    expect(await run(program).ended).toEqual({
      code: 0,
      signal: null,
      stdout: 'chatcmpl-ordinary\n',
      stderr: '',
    })
    expect(sink.spans).toMatchObject([{ name: 'chat ordinary', scope: '@llmscope/sdk' }])
    expect(sink.points.map(({ metric }) => metric)).toContain('gen_ai.client.inference.duration')
  },
)

test.each([
  ['an ES module', `import { trace } from '@opentelemetry/api'; ${ESM}`],
  ['a CommonJS module', `const { trace } = require('@opentelemetry/api'); ${CJS}`],
])('the span that %s makes around its first call is the parent of that', async (_, imports) => {
  const program = `${imports}; ${CALL}
    trace.getTracer('application').startActiveSpan('request', async (span) => {
      await chat('ordinary')
      span.end()
    })`
  await run(program).ended
  const request = sink.spans.find(({ name }) => name === 'request')
  const call = sink.spans.find(({ name }) => name === 'chat ordinary')
  expect(request?.parentSpanId).toBeUndefined()
  expect(call).toMatchObject({ parentSpanId: request?.spanId, traceId: request?.traceId })
})

test('an OpenTelemetry SDK that the application starts has all spans, its own included', async () => {
  const program = `
    import { trace } from '@opentelemetry/api'
    import { NodeSDK } from '@opentelemetry/sdk-node'
    ${ESM}; ${CALL}
    const tracer = trace.getTracer('application')
    const sdk = new NodeSDK({ serviceName: 'mine' })
    sdk.start()
    await tracer.startActiveSpan('request', async (span) => {
      await chat('ordinary')
      span.end()
    })
    await sdk.shutdown()`
  expect(await run(program).ended).toMatchObject({ code: 0, stderr: '' })
  expect(sink.spans.map(({ name }) => name)).toEqual(['chat ordinary', 'request'])
  expect(sink.received).toContain('"mine"')
})

test('the environment of the application, and of its children, stays as it was', async () => {
  const program = `${ESM}; ${CALL}; const before = { ...process.env }; await chat('ordinary')
    console.log(JSON.stringify(before) === JSON.stringify(process.env))`
  expect((await run(program).ended).stdout).toBe('true\n')
  expect(sink.points).not.toEqual([])
})

test.each(['SIGTERM', 'SIGINT'] as const)(
  'a process that %s ends has sent its telemetry, what was open included',
  async (signal) => {
    const program = `${ESM}; ${CALL}; ${SERVE}
      await chat('ordinary'); console.log('ready'); await chat('silent')`
    const running = run(program)
    await running.printed('ready')
    await expect.poll(() => server.exchanges.length).toBe(2)
    running.kill(signal)
    expect(await running.ended).toMatchObject({ code: null, signal, stderr: '' })
    expect(
      sink.spans.map(({ name, attributes }) => [name, attributes['llmscope.stream.outcome']]),
    ).toEqual([
      ['chat ordinary', undefined],
      ['chat silent', 'abandoned'],
    ])
  },
)

test('a process that ends in its own way on a signal has sent its telemetry too', async () => {
  const program = `${ESM}; ${CALL}; ${SERVE}
    process.once('SIGTERM', () => setTimeout(() => process.exit(7), 500))
    await chat('ordinary'); console.log('ready')`
  const running = run(program)
  await running.printed('ready')
  running.kill('SIGTERM')
  expect(await running.ended).toMatchObject({ code: 7, signal: null, stderr: '' })
  expect(sink.spans).toMatchObject([{ name: 'chat ordinary' }])
})

test('a process that cannot send its telemetry ends all the same, and says why', async () => {
  const env = {
    OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9',
    OTEL_EXPORTER_OTLP_TIMEOUT: '300',
  }
  const { code, stderr } = await run(`${ESM}; ${CALL}; await chat('ordinary')`, REGISTER, env).ended
  expect(code).toBe(0)
  expect(stderr).toContain(
    'llmscope: spans cannot be sent to http://127.0.0.1:9/v1/traces: connect ECONNREFUSED',
  )
})

test('an application without a client that is known is told so, once', async () => {
  const { stderr } = await run(`process.on('beforeExit', () => {})`).ended
  expect(
    stderr.match(/no LLM client has been instrumented \(looked for: openai, [^)]+\)/g),
  ).toHaveLength(1)
  expect(stderr).toContain('call instrument(client)')
})

const SDK = `import { agent, retrieval, tool, trainingRun } from '@llmscope/sdk'`

test.each([
  ['a training', `await trainingRun({ name: 'tiny' }, (run) => run.step({ loss: 1 }))`],
  ['a tool', `tool('lookup', () => 1)`],
  ['a search', `retrieval({ dataSource: 'handbook' }, () => [])`],
])('%s needs no LLM client, and nobody is told that there is none', async (_, work) => {
  expect(await run(`${SDK}; ${work}`).ended).toMatchObject({ code: 0, stderr: '' })
  expect(sink.spans).not.toEqual([])
})

test('where an agent runs, a client that is not seen is missed', async () => {
  const { stderr } = await run(`${SDK}; agent('planner', () => tool('lookup', () => 1))`).ended
  expect(stderr).toContain('no LLM client has been instrumented')
})

test('an application that does not end is told so too', { timeout: 20_000 }, async () => {
  const running = run(SERVE)
  await running.printed('no LLM client has been instrumented')
  running.kill('SIGTERM')
  expect(await running.ended).toMatchObject({ signal: 'SIGTERM' })
})

/** A folder with a package called openai that is made of this source, and an application that runs. */
function folderWith(client: string, application: string): { path: string } & Disposable {
  const path = mkdtempSync(join(tmpdir(), 'llmscope-register-'))
  const module = join(path, 'node_modules', 'openai')
  mkdirSync(module, { recursive: true })
  writeFileSync(join(module, 'package.json'), '{"type":"module","main":"index.js"}')
  writeFileSync(join(module, 'client.js'), client)
  writeFileSync(join(module, 'index.js'), `export { OpenAI as default } from './client.js'`)
  writeFileSync(join(path, 'app.mjs'), application)
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true }) }
}

test('a major that has changed beyond recognition is told of once, and works', async () => {
  using folder = folderWith(
    `export class OpenAI { ask() { return 42 } }`,
    `${ESM}; console.log(new OpenAI().ask())`,
  )
  const { code, stdout, stderr } = await start([...REGISTER, join(folder.path, 'app.mjs')]).ended
  expect([code, stdout]).toEqual([0, '42\n'])
  expect(stderr.match(/llmscope: openai was loaded, but this version/g)).toHaveLength(1)
  expect(stderr).not.toContain('no LLM client')
})

const IITM = pathToFileURL(createRequire(import.meta.url).resolve('import-in-the-middle')).href
const THEIRS = `
  import { register } from '${IITM.replace('index.js', 'register-hooks.mjs')}'
  import { Hook } from '${IITM}'
  register({ include: ['openai'] })
  Hook(['openai'], (exports, name) => console.log('theirs', name, Object.keys(exports)))`
const CLIENT = `
  class Completions {
    _client = {}
    async create() { return { id: 'x', choices: [] } }
  }
  export class OpenAI { chat = { completions: new Completions() } }
  OpenAI.Chat = { Completions }`

test.each([
  ['before', (theirs: string[]) => [...theirs, ...REGISTER]],
  ['after', (theirs: string[]) => [...REGISTER, ...theirs]],
])(
  'loader hooks of somebody else, registered %s ours, see what they would see',
  async (_, order) => {
    using folder = folderWith(
      CLIENT,
      `${ESM}; await new OpenAI().chat.completions.create({ model: 'm' })`,
    )
    const theirs = join(folder.path, 'hooks.mjs')
    writeFileSync(theirs, THEIRS)
    const { stdout, stderr } = await start(
      [...order(['--import', theirs]), join(folder.path, 'app.mjs')],
      { OTEL_EXPORTER_OTLP_ENDPOINT: sink.url, OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json' },
    ).ended
    expect([stdout, stderr]).toEqual(["theirs openai [ 'default' ]\n", ''])
    expect(sink.spans).toMatchObject([{ name: 'chat m' }])
  },
)
