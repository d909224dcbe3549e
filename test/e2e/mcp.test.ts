/** An MCP client and a server, two processes, each with llmscope: one trace in the real Jaeger. */
import { startStack, type Stack } from '@llmscope/stack'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { traceOf } from '../../examples/demo/backends.ts'
import { runNode } from '../clients/child.ts'
import { openWorkspace, type Workspace } from '../clients/workspace.ts'
import { treeOf } from './backends.ts'

let stack: Stack
let workspace: Workspace
beforeAll(async () => {
  stack = await startStack({ ports: 'free' })
  workspace = await openWorkspace('mcp-1', 'mcp')
})
afterAll(async () => {
  await stack?.stop()
  await workspace?.remove()
})

test.each(['stdio', 'http'])(
  'what a client asks and what its server does over %s is one tree in Jaeger',
  async (transport) => {
    const args = ['--import', '@llmscope/sdk/register', 'client.mjs', transport]
    const { code, stdout } = await runNode(workspace.folder, args, {
      OTEL_EXPORTER_OTLP_ENDPOINT: stack.urls.otlpHttp,
      OTEL_SERVICE_NAME: 'client',
    })
    expect(code).toBe(0)
    const { traceId } = JSON.parse(stdout) as { traceId: string }
    const stored = (): ReturnType<typeof traceOf> => traceOf(stack.urls.jaeger, traceId)
    await expect
      .poll(async () => (await stored()).length, { timeout: 30_000, interval: 250 })
      .toBe(30)
    const spans = await stored()
    const root = treeOf(spans)
    expect(root.name).toBe('invoke_agent traveller')
    const tool = root.children.find(({ name }) => name === 'execute_tool weather')
    expect(tool?.children.map(({ name }) => name)).toEqual(['tools/call weather'])
    expect(new Set(spans.map(({ service }) => service))).toEqual(new Set(['client', 'server']))
  },
)
