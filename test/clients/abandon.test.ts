import { expect, test } from 'vitest'
import { startAnthropicServer } from '../sdk/anthropic-server/server.ts'
import { startOpenAIServer } from '../sdk/openai-server/server.ts'
import { startOtlpSink } from '../sdk/otlp-sink.ts'
import { runNode } from './child.ts'
import { exportTo } from './observation.ts'
import { openWorkspace } from './workspace.ts'

const WAVES = 20
const STREAMS = 500
const MEGABYTE = 1_048_576

test.each([
  ['openai-4', 'openai', startOpenAIServer],
  ['openai-7', 'openai', startOpenAIServer],
  ['anthropic-1', 'anthropic', startAnthropicServer],
])(
  '10,000 streams that %s opens and forgets leave no span open and no memory behind',
  async (install, client, startServer) => {
    const workspace = await openWorkspace(install, 'abandon', 'processes')
    const [server, sink] = await Promise.all([startServer(), startOtlpSink()])
    const run = await runNode(
      workspace.folder,
      [
        '--expose-gc',
        '--import',
        '@llmscope/sdk/register',
        'main.mjs',
        client,
        server.baseURL,
        String(WAVES),
        String(STREAMS),
      ],
      { ...exportTo(sink.url), OTEL_BSP_SCHEDULE_DELAY: '50' },
    )
    await Promise.all([server.close(), sink.close(), workspace.remove()])

    expect(run).toMatchObject({ code: 0, stderr: '' })
    const heap = JSON.parse(run.stdout) as number[]
    const settled = heap.slice(2)
    expect(Math.max(...settled) - Math.min(...settled)).toBeLessThan(8 * MEGABYTE)
    expect(sink.spans).toHaveLength(WAVES * STREAMS)
    const outcomes = sink.spans.map(({ attributes }) => attributes['llmscope.stream.outcome'])
    expect(new Set(outcomes)).toEqual(new Set(['abandoned']))
  },
)
