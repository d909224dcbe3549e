import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { startAnthropicServer } from '../sdk/anthropic-server/server.ts'
import { startGeminiServer } from '../sdk/gemini-server/server.ts'
import { startOpenAIServer } from '../sdk/openai-server/server.ts'
import type { ScriptedServer } from '../sdk/scripted-server/server.ts'
import { type OtlpSink, startOtlpSink } from '../sdk/otlp-sink.ts'
import { type Run, runNode, type Started, startNode } from './child.ts'
import { exportTo } from './observation.ts'
import { openWorkspace, type Workspace } from './workspace.ts'

const REGISTER = ['--import', '@llmscope/sdk/register']
const ENDINGS = [
  'plain',
  'rejection that nobody handles',
  'stream rejection that nobody handles',
  'stream rejection, handled too late',
  'rejection that is thrown on',
  'dropped stream that is caught',
  'dropped stream that is not caught',
  'error thrown while reading',
  'exit in the middle of a stream',
  'stream that is still open at the end',
]

const CLIENTS = {
  openai: { serve: startOpenAIServer, answer: 'chatcmpl-ordinary', span: 'chat ordinary' },
  anthropic: { serve: startAnthropicServer, answer: 'msg_ordinary', span: 'chat ordinary' },
  gemini: { serve: startGeminiServer, answer: 'gen-ordinary', span: 'generate_content ordinary' },
} as const

describe.each([
  [
    'anthropic-0.133',
    'main.cjs',
    ['@anthropic-ai/sdk', '@anthropic-ai/sdk/index', '@anthropic-ai/sdk/client'],
  ],
  ['anthropic-0.137', 'main.mjs', ['@anthropic-ai/sdk', '@anthropic-ai/sdk/client']],
  [
    'anthropic-1',
    'main.mjs',
    ['@anthropic-ai/sdk', '@anthropic-ai/sdk/index', '@anthropic-ai/sdk/client.mjs'],
  ],
  ['anthropic-1', 'main.cjs', ['@anthropic-ai/sdk', '@anthropic-ai/sdk/client.js']],
  ['gemini-1', 'main.cjs', ['@google/genai']],
  ['gemini-3', 'main.mjs', ['@google/genai', '@google/genai/node', '@google/genai/web']],
  ['openai-4', 'main.cjs', ['openai/index']],
  ['openai-5', 'main.mjs', ['openai/index', 'openai/client']],
  ['openai-6', 'main.cjs', ['openai/index', 'openai/client']],
  ['openai-7', 'main.mjs', ['openai/index', 'openai/client', 'openai/client.mjs']],
  ['openai-7', 'main.cjs', ['openai/index.js', 'openai/client']],
] as const)('%s, %s', (install, entry, specifiers) => {
  const client = install.split('-')[0] as keyof typeof CLIENTS
  const { serve, answer, span } = CLIENTS[client]
  let workspace: Workspace
  let server: ScriptedServer
  let sink: OtlpSink
  beforeAll(async () => {
    workspace = await openWorkspace(install, 'processes')
  })
  afterAll(() => workspace.remove())
  beforeEach(async () => {
    ;[server, sink] = await Promise.all([serve(), startOtlpSink()])
  })
  afterEach(() => Promise.all([server.close(), sink.close()]))

  const start = (options: string[], ...args: string[]): Started =>
    startNode(
      workspace.folder,
      [...options, entry, client, server.baseURL, ...args],
      exportTo(sink.url),
    )

  test.each(ENDINGS)('the process ends the same: %s', async (program) => {
    const [bare, traced] = await Promise.all([
      start([], program).ended,
      start(REGISTER, program).ended,
    ])
    expect(comparable(traced)).toEqual(comparable(bare))
  })

  test.each([
    ['signal while a call waits', { code: null, signal: 'SIGTERM' }],
    ['signal that the application handles', { code: 7, signal: null }],
  ])('the process ends the same: %s', async (program, ending) => {
    for (const options of [[], REGISTER]) {
      const seen = server.exchanges.length
      const { pid, ended } = start(options, program)
      await vi.waitUntil(
        () => server.exchanges.slice(seen).some(({ model }) => model === 'silent'),
        { timeout: 20_000 },
      )
      process.kill(Number(pid), 'SIGTERM')
      expect(await ended).toMatchObject({ ...ending, stderr: '' })
    }
  })

  test('a stream that is still open when the process ends is told of', async () => {
    await start(REGISTER, 'stream that is still open at the end').ended
    expect(sink.spans).toMatchObject([
      { name: span, attributes: { 'llmscope.stream.outcome': 'abandoned' } },
    ])
  })

  test.each(specifiers)('the client is traced when it is loaded as %s', async (specifier) => {
    const run = await start(REGISTER, 'plain', specifier).ended
    expect(run).toEqual({ code: 0, signal: null, stdout: `${answer}\n`, stderr: '' })
    expect(sink.spans).toMatchObject([{ name: span }])
  })

  test('the client is traced in both of its forms in one process', async () => {
    const run = await runNode(
      workspace.folder,
      [...REGISTER, 'mixed.mjs', client, server.baseURL],
      exportTo(sink.url),
    )
    expect(run).toMatchObject({ code: 0, stderr: '' })
    expect(sink.spans).toMatchObject([{ name: span }, { name: span }])
  })
})

/** A run without what differs from process to process: stack frames, ids, ports and times. */
function comparable({ stderr, ...run }: Run): Run {
  const lines = stderr
    .replaceAll(/127\.0\.0\.1:\d+/g, '<server>')
    .replaceAll(/\(node:\d+\)/g, '(node)')
    .replaceAll(/(localPort|remotePort): \d+/g, '$1')
    .replaceAll(/date: '[^']*'/g, 'date')
    .split('\n')
  return { ...run, stderr: lines.filter((line) => !/^\s+at /.test(line)).join('\n') }
}
