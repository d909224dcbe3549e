import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type OtlpSink, type SinkSpan, startOtlpSink } from '../sdk/otlp-sink.ts'
import { runNode } from './child.ts'
import { exportTo } from './observation.ts'
import { openWorkspace, type Workspace } from './workspace.ts'

const OURS = ['--import', '@llmscope/sdk/register']
const CONTENT = 'OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT'
const KINDS = ['', 'internal', 'server', 'client']

/** What there is to see of each request: both sides of it, in the one trace. */
const BOTH = (request: string, indent = '  '): string[] => [
  `${indent}client ${request}`,
  `${indent}  server ${request}`,
]
const TREE = [
  'internal invoke_agent traveller',
  ...BOTH('initialize'),
  ...BOTH('notifications/initialized'),
  ...BOTH('prompts/get greet'),
  ...BOTH('prompts/get unknown'),
  ...BOTH('resources/read'),
  ...BOTH('resources/read'),
  // the server asks back, and tells, while it answers
  ...BOTH('tools/call ask'),
  ...BOTH('elicitation/create', '      '),
  ...BOTH('notifications/progress', '      '),
  ...BOTH('notifications/tools/list_changed', '      '),
  ...BOTH('sampling/createMessage', '      '),
  ...Array.from({ length: 5 }, () => BOTH('tools/call weather')).flat(),
  '  client tools/call work',
  '    server notifications/cancelled',
  '    server tools/call work',
  ...BOTH('notifications/progress', '      '),
  ...BOTH('tools/list'),
  '  internal execute_tool plan',
  '    client tools/call weather',
  '      server tools/call weather',
  '  internal execute_tool weather',
  '    server tools/call weather',
]

/** Spans below their parents, in the order of their names. */
function treeOf(spans: readonly SinkSpan[], parent?: string, indent = ''): string[] {
  return spans
    .filter(({ parentSpanId }) => (parentSpanId || undefined) === parent)
    .map((span) => ({ span, line: `${KINDS[span.kind]} ${span.name}` }))
    .toSorted((a, b) => a.line.localeCompare(b.line))
    .flatMap(({ span, line }) => [indent + line].concat(treeOf(spans, span.spanId, `${indent}  `)))
}

const isCancelled = ({ attributes }: SinkSpan): boolean =>
  attributes['llmscope.error.category'] === 'cancelled'

const NETWORK: Readonly<Record<string, object>> = {
  stdio: { 'network.transport': 'pipe' },
  http: {
    'network.transport': 'tcp',
    'network.protocol.name': 'http',
    'mcp.session.id': expect.any(String),
    'server.address': '127.0.0.1',
    'server.port': expect.any(Number),
  },
}

describe.each([
  { install: 'mcp-1', major: '1', form: 'ESM', transport: 'stdio' },
  { install: 'mcp-1', major: '1', form: 'CommonJS', transport: 'http' },
  { install: 'mcp-2', major: '2', form: 'ESM', transport: 'stdio' },
  { install: 'mcp-2', major: '2', form: 'CommonJS', transport: 'http' },
])('MCP $major as $form over $transport', ({ install, major, form, transport }) => {
  let workspace: Workspace
  let sink: OtlpSink
  let results: Record<string, unknown>
  const run = async (args: string[], env = {}): Promise<Record<string, unknown>> => {
    const all = { MCP_MAJOR: major, MCP_FORM: form, ...env }
    const ran = await runNode(workspace.folder, [...args, 'client.mjs', transport], all)
    expect(ran).toMatchObject({ code: 0, stderr: '' })
    return JSON.parse(ran.stdout) as Record<string, unknown>
  }
  const spansOf = (name: string, kind: string): SinkSpan[] =>
    sink.spans.filter((span) => span.name === name && KINDS[span.kind] === kind)

  beforeAll(async () => {
    workspace = await openWorkspace(install, 'mcp')
    sink = await startOtlpSink()
    results = await run(OURS, { ...exportTo(sink.url), [CONTENT]: 'span_only' })
  })
  afterAll(() => Promise.all([workspace.remove(), sink.close()]))

  test('gives the application what it gets without us', async () => {
    const traceId = '0'.repeat(32)
    expect({ ...results, traceId }).toEqual(await run([]))
  })

  test('is one trace over both processes, with one span of a tool on either side', () => {
    // what is cancelled at once need not have come to the server
    const cancelled = spansOf('tools/call weather', 'client').find(isCancelled)
    const others = sink.spans.filter(
      (span) => span !== cancelled && span.parentSpanId !== cancelled?.spanId,
    )
    expect(treeOf(others)).toEqual(TREE)
    expect(new Set(sink.spans.map((span) => span.traceId))).toEqual(new Set([results['traceId']]))
  })

  test('says what was asked for, over what, and how that came out', () => {
    const [call] = spansOf('execute_tool weather', 'internal')
    expect(call?.attributes).toMatchObject({
      'gen_ai.tool.call.id': 'call_1',
      'mcp.method.name': 'tools/call',
      'jsonrpc.request.id': expect.stringMatching(/^\d+$/),
      'mcp.protocol.version': '2025-11-25',
      ...NETWORK[transport],
    })
    for (const side of ['client', 'server']) {
      const refused = spansOf('tools/call weather', side).find(
        ({ attributes }) => attributes['error.type'] === 'tool_error',
      )
      expect(refused?.status).toEqual({ code: 2, message: 'no such city as nowhere' })
      const [unknown] = spansOf('prompts/get unknown', side)
      expect(unknown?.attributes).toMatchObject({
        'gen_ai.prompt.name': 'unknown',
        'error.type': '-32602',
        'rpc.response.status_code': '-32602',
      })
    }
    expect(spansOf('tools/call weather', 'client').filter(isCancelled)).toHaveLength(1)
  })

  test('has what a tool was given and gave back, where content is captured', () => {
    const served = sink.spans.find(
      ({ attributes }) => attributes['gen_ai.tool.call.arguments'] === '{"city":"Bergen"}',
    )
    expect(served?.attributes['gen_ai.tool.call.result']).toContain('Rain in Bergen')
    expect(sink.received).toContain('map://bergen')
  })

  test('counts each tool once, by the agent that calls it', () => {
    const total = (metric: string): number =>
      sink.points
        .filter((point) => point.metric === metric)
        .reduce((sum, { count = 0 }) => sum + count, 0)
    // five calls of the tool alone, one that is cancelled, two in others, one of these others, two of the rest
    expect(total('gen_ai.execute_tool.duration')).toBe(11)
    expect(total('mcp.client.operation.duration')).toBe(17)
    expect(total('mcp.client.session.duration')).toBe(1)
    for (const what of ['operation', 'session']) {
      expect(sink.seen).toContain(`metric mcp.server.${what}.duration`)
    }
    const calls = sink.points.find(({ metric }) => metric === 'gen_ai.invoke_agent.tool_calls')
    expect(calls?.sum).toBe(11)
  })
})
