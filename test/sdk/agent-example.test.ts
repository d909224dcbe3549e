import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import OpenAI from 'openai'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { answer } from '../../examples/agent/agent.ts'
import { runTool } from '../../examples/agent/tools.ts'
import { type CannedOpenAi, startCannedOpenAi } from '../../examples/canned-openai/server.ts'
import { type SinkSpan, startOtlpSink } from './otlp-sink.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const question = 'What do 8 H100 cost for 12 hours, and how often must I write a checkpoint?'
let server: CannedOpenAi

beforeEach(async () => {
  server = await startCannedOpenAi({ speed: 100, faultRate: 0 })
})

afterEach(() => server.close())

interface Outcome {
  code: number
  stdout: string
  stderr: string
}

async function run(
  questions: string[],
  { flags = [], env = {} }: { flags?: string[]; env?: NodeJS.ProcessEnv } = {},
): Promise<Outcome> {
  const args = ['--conditions=@llmscope/source', ...flags, 'examples/agent/main.ts', ...questions]
  const options = {
    cwd: root,
    env: { ...process.env, OPENAI_BASE_URL: server.url, OPENAI_API_KEY: 'canned', ...env },
  }
  return new Promise((resolve) => {
    execFile(process.execPath, args, options, (error, stdout, stderr) =>
      resolve({ code: Number(error?.code ?? 0), stdout, stderr }),
    )
  })
}

test('the agent finds the right pages, uses both tools and streams its answer', async () => {
  const client = new OpenAI({ baseURL: server.url, apiKey: 'canned' })
  const streamed: string[] = []
  const onToken = (text: string) => streamed.push(text)
  const result = await answer(question, { client, model: 'gpt-5-mini', sentences: 4, onToken })
  expect(result.pages.map(({ id }) => id)).toContain('checkpoints')
  expect(result.text).toContain('Write a checkpoint every 30 minutes.')
  expect(result.text).toContain('{"gpu":"H100","dollars_per_hour":2.5}')
  expect(result.text).toContain('{"expression":"8 * 12 * 2.5","value":240}')
  expect(streamed.join('')).toBe(result.text)
  expect(result.responseId).toMatch(/^chatcmpl-/)
  expect(server.billed).toMatchObject({
    'gpt-5-mini': { requests: 4 },
    'text-embedding-3-small': { requests: 1 },
  })
  expect(server.billed['gpt-5-mini']?.cacheRead).toBeGreaterThan(0)
})

test('the program answers each question with its trace, its response and its score', async () => {
  const { code, stdout } = await run(['--json', question, 'And what do 2 L40S cost for 3 hours?'])
  expect(code).toBe(0)
  const lines = stdout
    .trim()
    .split('\n')
    .map((line): unknown => JSON.parse(line))
  expect(lines).toHaveLength(2)
  expect(lines[0]).toEqual({
    question,
    traceId: expect.stringMatching(/^[0-9a-f]{32}$/),
    responseId: expect.stringMatching(/^chatcmpl-/),
    score: expect.closeTo(0.7, 0.3),
  })
})

test('the program streams answers for people to read', async () => {
  const { stdout } = await run([question])
  expect(stdout).toContain(`> ${question}\n(canned answer) `)
  expect(stdout).toMatch(/\n {2}trace [0-9a-f]{32}, groundedness [01]\.\d\d\n/)
})

test('under the SDK each answer is a trace of all its steps, and its tokens are those billed', async () => {
  const sink = await startOtlpSink()
  const { stdout } = await run(['--json', question], {
    flags: ['--import', '@llmscope/sdk/register'],
    env: { OTEL_EXPORTER_OTLP_ENDPOINT: sink.url, OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json' },
  })
  await sink.close()
  const { traceId } = JSON.parse(stdout) as { traceId: string }
  expect(sink.spans.every((span) => span.traceId === traceId)).toBe(true)
  expect(tree(sink.spans)).toEqual([
    'invoke_workflow answer_question',
    '  invoke_agent handbook_agent',
    '    chat gpt-5-mini',
    '    retrieval gpu_handbook',
    '      embeddings text-embedding-3-small',
    '    chat gpt-5-mini',
    '    execute_tool gpu_price',
    '    chat gpt-5-mini',
    '    execute_tool calculator',
    '    chat gpt-5-mini',
  ])
  const total = (metric: string) =>
    sink.points
      .filter((point) => point.metric === `gen_ai.client.inference.usage.${metric}`)
      .reduce((sum, { value = 0 }) => sum + value, 0)
  expect({
    requests: 4,
    input: total('input_tokens'),
    output: total('output_tokens'),
    cacheRead: total('cache_read.input_tokens'),
    reasoning: total('reasoning.output_tokens'),
  }).toEqual(server.billed['gpt-5-mini'])
  expect(sink.logs).toMatchObject([{ eventName: 'gen_ai.evaluation.result', traceId }])
})

test('an error of the API is told in one line and by the exit code', async () => {
  const { code, stderr } = await run([question], { env: { OPENAI_MODEL: 'gpt-0' } })
  expect(code).toBe(1)
  expect(stderr).toMatch(
    /^The model's API gave no answer: 404 The model `gpt-0` does not exist.*\n$/,
  )
})

test('tools work on JSON, and say what is wrong with it', () => {
  expect(runTool('calculator', '{"expression":"-2 * (3 + 4) / 7 - 1"}')).toMatchObject({
    value: -3,
  })
  expect(runTool('calculator', '{"expression":"96 * 1.6"}')).toMatchObject({ value: 153.6 })
  expect(() => runTool('calculator', '{"expression":"2 + x"}')).toThrow('x is no number')
  expect(() => runTool('calculator', '{"expression":"(2"}')).toThrow('parenthesis')
  expect(() => runTool('calculator', '{"expression":"2 2"}')).toThrow('goes on')
  expect(() => runTool('gpu_price', '{"gpu":"B9"}')).toThrow('no GPU called B9')
  expect(() => runTool('weather', '{}')).toThrow('no tool called weather')
  expect(() => runTool('calculator', '{')).toThrow(SyntaxError)
})

/** The spans' names, indented below their parents, in the order of their starts. */
function tree(spans: readonly SinkSpan[], parent?: string, indent = ''): string[] {
  return spans
    .filter(({ parentSpanId }) => parentSpanId === parent)
    .toSorted((a, b) => Number(a.start - b.start))
    .flatMap(({ name, spanId }) => [indent + name].concat(tree(spans, spanId, `${indent}  `)))
}
