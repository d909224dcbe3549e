import { expect, test } from 'vitest'
import { startOtlpSink } from '../sdk/otlp-sink.ts'
import { runNode } from './child.ts'
import { exportTo } from './observation.ts'
import { openWorkspace } from './workspace.ts'

test('who serves a call is told by where Hugging Face routes it', async () => {
  const [workspace, sink] = await Promise.all([
    openWorkspace('huggingface-4', 'huggingface-routing'),
    startOtlpSink(),
  ])
  const args = ['--import', '@llmscope/sdk/register', 'main.mjs']
  const env = {
    ...exportTo(sink.url),
    OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT: 'span_only',
    LLMSCOPE_REPORT: '1',
  }
  const run = await runNode(workspace.folder, args, env)
  await Promise.all([workspace.remove(), sink.close()])
  expect(run).toMatchObject({ code: 0, stdout: '' })
  expect(run.stderr).toMatch(/traced +@huggingface\/inference 4\.\S+ \(ESM\): 5 of 5 methods/)
  const spans = sink.spans.map(({ attributes }) => attributes)
  expect(spans.map((span) => [span['gen_ai.provider.name'], span['server.address']])).toEqual([
    ['groq', 'router.huggingface.co'],
    ['huggingface', 'router.huggingface.co'],
    ['groq', undefined],
    ['huggingface', 'models.internal'],
  ])
  // what was asked of the Hub first is none of the call's requests
  expect(spans[0]).not.toHaveProperty('http.request.resend_count')
  expect(spans[0]).toMatchObject({
    'gen_ai.request.model': 'meta-llama/Llama-3.3-70B-Instruct',
    'gen_ai.response.model': 'answered',
    'gen_ai.usage.input_tokens': 3,
  })
  expect(spans[3]).toMatchObject({
    'gen_ai.operation.name': 'text_completion',
    'gen_ai.request.stream': true,
    'gen_ai.response.finish_reasons': ['eos_token'],
    'gen_ai.usage.input_tokens': 7,
    'gen_ai.usage.output_tokens': 3,
    'gen_ai.output.messages': expect.stringContaining('"Hello"'),
  })
})
