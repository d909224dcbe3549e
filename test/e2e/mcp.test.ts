/** An MCP client and a server, two processes, each with llmscope: one trace in the real Jaeger. */
import { startStack, type Stack } from '@llmscope/stack'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { traceOf } from '../../examples/demo/backends.ts'
import { runNode } from '../clients/child.ts'
import { openWorkspace, type Workspace } from '../clients/workspace.ts'
import { treeOf } from './backends.ts'

let stack: Stack
let workspaces: Readonly<Record<string, Workspace>>
beforeAll(async () => {
  stack = await startStack({ ports: 'free' })
  workspaces = {
    1: await openWorkspace('mcp-1', 'mcp'),
    2: await openWorkspace('mcp-2', 'mcp'),
  }
})
afterAll(async () => {
  await stack?.stop()
  for (const workspace of Object.values(workspaces ?? {})) await workspace.remove()
})

test.each([
  ['1', 'stdio'],
  ['1', 'http'],
  ['2', 'http'],
])(
  'what a client of MCP %s asks and what its server does over %s is one tree in Jaeger',
  async (major, transport) => {
    const args = ['--import', '@llmscope/sdk/register', 'client.mjs', transport]
    const { code, stdout } = await runNode(workspaces[major]?.folder ?? '', args, {
      MCP_MAJOR: major,
      OTEL_EXPORTER_OTLP_ENDPOINT: stack.urls.otlpHttp,
      OTEL_SERVICE_NAME: 'client',
    })
    expect(code).toBe(0)
    const { traceId } = JSON.parse(stdout) as { traceId: string }
    const stored = (): ReturnType<typeof traceOf> => traceOf(stack.urls.jaeger, traceId)
    // and what comes of a call that is cancelled at once
    await expect
      .poll(async () => (await stored()).length, { timeout: 30_000, interval: 250 })
      .toBeGreaterThanOrEqual(46)
    const spans = await stored()
    const root = treeOf(spans)
    expect(root.name).toBe('invoke_agent traveller')
    const tool = root.children.find(({ name }) => name === 'execute_tool weather')
    expect(tool?.children.map(({ name }) => name)).toEqual(['tools/call weather'])
    // the server asks the client's model: its span is the client's, and the other way round
    const asking = root.children.find(({ name }) => name === 'tools/call ask')
    const sampling = asking?.children[0]?.children.find(
      ({ name }) => name === 'sampling/createMessage',
    )
    expect(sampling?.children.map(({ name }) => name)).toEqual(['sampling/createMessage'])
    expect(new Set(spans.map(({ service }) => service))).toEqual(new Set(['client', 'server']))
  },
)
