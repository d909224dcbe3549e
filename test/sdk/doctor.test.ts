import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Ended, start } from './child.ts'
import { type OtlpSink, startOtlpSink } from './otlp-sink.ts'

const MAIN = 'sdk/src/cli/main.ts'
const ROOT = join(import.meta.dirname, '../..')

interface Finding {
  readonly result: string
  readonly evidence: string
  readonly advice?: string
}

let sink: OtlpSink
beforeEach(async () => {
  sink = await startOtlpSink()
})
afterEach(() => sink.close())

function doctor(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Ended> {
  return start([MAIN, 'doctor', '--timeout', '0.5', ...args], {
    OTEL_EXPORTER_OTLP_ENDPOINT: sink.url,
    OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
    ...env,
  }).ended
}

/** The findings by check. */
async function findings(
  env: NodeJS.ProcessEnv = {},
  ...args: string[]
): Promise<Readonly<Record<string, readonly Finding[]>>> {
  const { stdout, stderr } = await doctor(['--json', ...args], env)
  if (!stdout) throw new Error(stderr)
  const sections = JSON.parse(stdout) as { check: string; findings: Finding[] }[]
  return Object.fromEntries(sections.map((section) => [section.check, section.findings]))
}

/** A receiver that answers everything like this. */
async function receiver(
  answer: (response: ServerResponse) => void,
): Promise<Server & AsyncDisposable> {
  const server = createServer((request, response) => {
    request.resume().on('end', () => answer(response))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return Object.assign(server, {
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  })
}

const addressOf = (server: Server): string =>
  `http://127.0.0.1:${(server.address() as AddressInfo).port}`

test('where all is well it says so, and the canary of every signal has arrived', async () => {
  const { code, stdout, stderr } = await doctor([])
  expect(stderr).toBe('')
  expect(stdout).toContain(`ok a span to ${sink.url}/v1/traces (http/json): taken`)
  expect(stdout).toMatch(/ok openai 7\.57\.0: (\d+) of \1 methods are known/)
  expect(stdout).toMatch(/No problem was found\.\n$/)
  expect(code).toBe(0)
  expect(sink.spans).toMatchObject([{ name: 'llmscope doctor' }])
  expect(sink.points.map(({ metric }) => metric)).toContain('llmscope.doctor.canary')
  expect(sink.logs).toMatchObject([{ eventName: 'llmscope.doctor.canary' }])
})

test.each<[number, RegExp, RegExp]>([
  [404, /404 Not Found/, /Is \/v1\/traces the OTLP path\?/],
  [401, /401 Unauthorized/, /OTEL_EXPORTER_OTLP_HEADERS/],
  [403, /403 Forbidden/, /OTEL_EXPORTER_OTLP_HEADERS/],
  [413, /413 Payload Too Large/, /too large for the receiver/],
  [415, /415 Unsupported Media Type/, /Does the receiver take http\/json\?/],
  [503, /retryable status/, /overloaded or down/],
])('a receiver that answers %i is explained', async (status, evidence, advice) => {
  await using server = await receiver((response) => response.writeHead(status).end())
  const { Endpoint = [] } = await findings({ OTEL_EXPORTER_OTLP_ENDPOINT: addressOf(server) })
  expect(Endpoint.map(({ result }) => result)).toEqual(['problem', 'problem', 'problem'])
  expect(Endpoint[0]?.evidence).toMatch(evidence)
  expect(Endpoint[0]?.advice).toMatch(advice)
})

test('what a receiver says that takes only a part is passed on', async () => {
  const partialSuccess = { rejectedSpans: 1, errorMessage: 'no spans on Sundays' }
  await using server = await receiver((response) =>
    response
      .writeHead(200, { 'content-type': 'application/json' })
      .end(JSON.stringify({ partialSuccess })),
  )
  const { Endpoint = [] } = await findings({ OTEL_EXPORTER_OTLP_ENDPOINT: addressOf(server) })
  expect(Endpoint).toMatchObject([
    { result: 'problem', evidence: expect.stringContaining('no spans on Sundays') },
    { result: 'ok' },
    { result: 'ok' },
  ])
})

test.each<[string, NodeJS.ProcessEnv, RegExp, RegExp]>([
  [
    'nobody',
    { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9' },
    /ECONNREFUSED/,
    /listening at 127\.0\.0\.1:9\?/,
  ],
  [
    'a host that nobody knows',
    { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://no-such-host.invalid:4318' },
    /ENOTFOUND|EAI_AGAIN/,
    /no-such-host\.invalid is not known/,
  ],
])('an endpoint with %s behind it is explained', async (_, env, evidence, advice) => {
  const { Endpoint = [] } = await findings(env)
  expect(Endpoint).toHaveLength(3)
  expect(Endpoint[0]?.evidence).toMatch(evidence)
  expect(Endpoint[0]?.advice).toMatch(advice)
})

test('a receiver that never answers is explained', async () => {
  await using silent = await receiver(() => undefined)
  const { Endpoint = [] } = await findings({ OTEL_EXPORTER_OTLP_ENDPOINT: addressOf(silent) })
  expect(Endpoint[0]?.advice).toMatch(/does not answer in time/)
})

test('a receiver without TLS is explained', async () => {
  const env = { OTEL_EXPORTER_OTLP_ENDPOINT: sink.url.replace('http:', 'https:') }
  const { Endpoint = [] } = await findings(env)
  expect(Endpoint[0]?.advice).toMatch(/write http:\/\/ in place of https:\/\//)
})

test.each<[NodeJS.ProcessEnv, string, RegExp]>([
  [{ LLMSCOPE_CONTENT_LIMT: '9' }, 'problem', /LLMSCOPE_CONTENT_LIMIT meant/],
  [{ LLMSCOPE_SEMCONV: '2' }, 'problem', /takes latest, v1_41, both/],
  [{ OTEL_SDK_DISABLED: 'true' }, 'problem', /Unset it/],
  [{ OTEL_TRACES_EXPORTER: 'none' }, 'problem', /if traces are wanted/],
  [{ OTEL_TRACES_SAMPLER: 'always_off' }, 'problem', /Unset it/],
  [{ OTEL_TRACES_SAMPLER: 'ratio' }, 'problem', /takes always_on/],
  [{ OTEL_EXPORTER_OTLP_PROTOCOL: 'http' }, 'problem', /takes grpc, http\/protobuf, http\/json/],
  [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'localhost' }, 'problem', /Write it as http:\/\//],
  [{ OTEL_EXPORTER_OTLP_HEADERS: 'Bearer x' }, 'problem', /name=value/],
  [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9/v1/traces' }, 'problem', /leave \/v1\/… out/],
  [
    { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4317' },
    'unknown',
    /grpc for 4317, to http\/protobuf for 4318/,
  ],
])('variables that contradict themselves are found: %o', async (env, result, advice) => {
  const { 'Environment variables': found = [] } = await findings(env)
  expect(found[0]).toMatchObject({ result, advice: expect.stringMatching(advice) })
})

test('a span that no receiver would take is a problem', async () => {
  const { Sizes = [] } = await findings({
    OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT: 'span_only',
    LLMSCOPE_SPAN_CONTENT_LIMIT: '10000000',
  })
  expect(Sizes).toMatchObject([
    { result: 'problem', advice: expect.stringContaining('LLMSCOPE_SPAN_CONTENT_LIMIT') },
  ])
})

test('sizes are told where content is captured', async () => {
  const env = { OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT: 'span_only' }
  const { Sizes = [], Endpoint = [] } = await findings(env, '--size', '1000000')
  expect(Sizes[0]?.evidence).toMatch(
    /a span may hold 256 KiB of content; .* at most 3\.3 MiB at once/,
  )
  expect(Endpoint[0]?.result).toBe('ok')
  expect(sink.received.length).toBeGreaterThan(1_000_000)
})

/** An application in the repository's folder, where its packages are. */
async function application(program: string): Promise<{ path: string } & AsyncDisposable> {
  const folder = await mkdtemp(join(ROOT, 'test/.doctor-'))
  const path = join(folder, 'app.mjs')
  await writeFile(path, program)
  return { path, [Symbol.asyncDispose]: () => rm(folder, { recursive: true }) }
}

test('an application is run, and what of it is traced is told', async () => {
  await using app = await application(`import OpenAI from 'openai'
    if (process.argv[2] !== '--json') throw new Error('not my argument')
    setInterval(() => {}, 1000)`)
  const found = await findings({}, '--deadline', '4', app.path, '--json')
  expect(found['Application']).toEqual([
    {
      result: 'ok',
      evidence: expect.stringMatching(/^traced: openai 7\.57\.0 \(ESM\): (\d+) of \1 methods$/),
    },
    { result: 'ok', evidence: expect.stringContaining('running well') },
  ])
}, 20_000)

test('an application that fails, and one that has no client, are problems', async () => {
  await using failing = await application(`throw new Error('no database')`)
  const { Application: failed = [] } = await findings({}, failing.path)
  expect(failed.at(-1)).toMatchObject({
    result: 'unknown',
    evidence: expect.stringContaining('it ended with 1: Error: no database'),
  })
  await using idle = await application('')
  const { Application: nothing = [] } = await findings({}, idle.path)
  expect(nothing).toMatchObject([
    { result: 'problem', evidence: expect.stringContaining('not seen being loaded') },
  ])
}, 20_000)

test('an application that makes no LLM calls has no problem', async () => {
  await using training = await application(`import { trainingRun } from '@llmscope/sdk'
    await trainingRun({ name: 'tiny' }, (run) => run.step({ loss: 1 }))`)
  const { Application = [] } = await findings({}, training.path)
  expect(Application).toEqual([
    { result: 'ok', evidence: expect.stringContaining('not seen being loaded') },
    { result: 'ok', evidence: expect.stringContaining('no LLM client, and none is missed') },
  ])
}, 20_000)

test('a wrong command line ends with 2', async () => {
  expect(await doctor(['--nothing'])).toMatchObject({ code: 2 })
  expect(await doctor(['missing.js'])).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('there is no file missing.js'),
  })
})
