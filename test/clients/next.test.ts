import { cp, mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { type OpenAIServer, startOpenAIServer } from '../sdk/openai-server/server.ts'
import { type OtlpSink, type SinkSpan, startOtlpSink } from '../sdk/otlp-sink.ts'
import { type Run, runNode, startNode } from './child.ts'
import { exportTo } from './observation.ts'
import { openWorkspace, type Workspace } from './workspace.ts'

/** An application that serves. */
interface Application {
  /** Has a route call a model. Returns the response's text. */
  ask(route: string, model: string): Promise<string>
  stop(): Promise<Run>
}

const PRIVATE = { NEXT_TELEMETRY_DISABLED: '1' }

let server: OpenAIServer
let sink: OtlpSink
beforeEach(async () => {
  ;[server, sink] = await Promise.all([startOpenAIServer(), startOtlpSink()])
})
afterEach(() => Promise.all([server.close(), sink.close()]))

async function build(env: Record<string, string>, ...args: string[]): Promise<Workspace> {
  const workspace = await openWorkspace('next-16', 'next')
  const run = await runNode(workspace.folder, [next(workspace), 'build', ...args], {
    ...PRIVATE,
    ...env,
  })
  if (run.code !== 0) throw new Error(`next build failed: ${run.stdout}${run.stderr}`)
  return workspace
}

/** Where the install of a workspace is. */
const installOf = ({ folder }: Workspace): string => dirname(dirname(dirname(folder)))

const next = (workspace: Workspace): string =>
  join(installOf(workspace), 'node_modules/next/dist/bin/next')

async function serve(
  folder: string,
  program: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Application> {
  const port = await freePort()
  const { pid, ended } = startNode(folder, program, {
    ...PRIVATE,
    ...exportTo(sink.url),
    OPENAI_BASE_URL: server.baseURL,
    HOSTNAME: '127.0.0.1',
    PORT: String(port),
    ...env,
  })
  const url = `http://127.0.0.1:${port}`
  await vi.waitFor(() => fetch(url), { timeout: 60_000 })
  return {
    ask: async (route, model) => {
      const response = await fetch(`${url}/${route}`, { method: 'POST', body: model })
      return response.text()
    },
    stop: () => {
      process.kill(Number(pid), 'SIGTERM')
      return ended
    },
  }
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => probe.once('listening', resolve))
  const { port } = probe.address() as AddressInfo
  await new Promise((resolve) => probe.close(resolve))
  return port
}

const calls = (): SinkSpan[] => sink.spans.filter(({ scope }) => scope === '@llmscope/sdk')

/** Has a route make a call and another a stream, and ends the application. */
async function useAll(application: Application): Promise<object> {
  const answers = [
    await application.ask('call', 'ordinary:call'),
    await application.ask('stream', 'ordinary:stream'),
  ]
  const { stderr } = await application.stop()
  const durations = sink.points.filter(
    ({ metric }) => metric === 'gen_ai.client.inference.duration',
  )
  return { answers, stderr, calls: calls(), counts: durations.map(({ count }) => count) }
}

const told = (inputTokens: number): object => ({
  'gen_ai.usage.input_tokens': inputTokens,
  'gen_ai.usage.output_tokens': 6,
  'gen_ai.output.messages': expect.stringContaining('CANARY-ANSWER of three pieces'),
})

/** What both cause. */
const ALL = {
  answers: ['CANARY-ANSWER of three pieces', expect.stringContaining('CANARY-ANSWER')],
  stderr: '',
  calls: [
    { name: 'chat ordinary:call', attributes: told(33) },
    { name: 'chat ordinary:stream', attributes: told(35) },
  ],
  counts: [1, 1],
}

describe('a build by Turbopack, with a client from node_modules', () => {
  let workspace: Workspace
  beforeAll(async () => {
    workspace = await build({})
  })
  afterAll(() => workspace.remove())

  const start = (env?: Readonly<Record<string, string>>): Promise<Application> =>
    serve(workspace.folder, [next(workspace), 'start'], env)

  test('calls of route handlers are traced, streamed or not', async () => {
    expect(await useAll(await start())).toMatchObject(ALL)
  })

  test('calls of the Edge runtime are traced by the SDK that has no need of Node.js', async () => {
    const application = await start()
    expect(await application.ask('edge', 'ordinary:edge')).toBe('CANARY-ANSWER of three pieces')
    await expect.poll(() => calls().map(({ name }) => name)).toEqual(['chat ordinary:edge'])
    expect((await application.stop()).stderr).toBe('')
    expect(calls()).toMatchObject([{ attributes: told(33) }])
  })

  test('a call is part of the request that Next.js tells of, and no trace context leaves', async () => {
    const application = await start()
    await application.ask('call', 'ordinary:call')
    await application.stop()
    const [call] = calls()
    const request = sink.spans.find(({ name }) => name === 'POST /call')
    expect(call?.traceId).toBe(request?.traceId)
    expect(server.exchanges.map(({ headers }) => headers['traceparent'])).toEqual([undefined])
  })

  test('what requestHandler() wraps is sent when the response is over', async () => {
    const application = await start({ OTEL_BSP_SCHEDULE_DELAY: '3600000' })
    expect(await application.ask('after', 'ordinary:after')).toContain('CANARY-ANSWER')
    await expect.poll(() => calls().map(({ name }) => name)).toEqual(['chat ordinary:after'])
    await application.stop()
  })

  test('the files that a deployment takes along hold what the SDK loads late', async () => {
    const traced = join(workspace.folder, '.next/server/instrumentation.js.nft.json')
    const { files } = JSON.parse(await readFile(traced, 'utf8')) as { files: readonly string[] }
    const late = [
      '@opentelemetry/sdk-node',
      'require-in-the-middle',
      '@llmscope/sdk/dist/sender.js',
    ]
    for (const name of late) {
      expect(files).toContainEqual(expect.stringContaining(`node_modules/${name}`))
    }
  })
})

test('a build by webpack, with a client in the bundle, is traced where nothing is installed', async () => {
  const env = { BUNDLED: 'true' }
  const workspace = await build(env, '--webpack')
  const folder = await mkdtemp(join(tmpdir(), 'llmscope-next-'))
  try {
    await cp(join(workspace.folder, '.next/standalone'), folder, { recursive: true })
    await workspace.remove()
    const program = join(folder, relative(installOf(workspace), workspace.folder), 'server.js')
    expect(await useAll(await serve(folder, [program], env))).toMatchObject(ALL)
  } finally {
    await rm(folder, { recursive: true })
  }
})
