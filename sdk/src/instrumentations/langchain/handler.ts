import { Runs } from '../../frameworks/runs.ts'
import { guard } from '../../guard.ts'
import { agentOperation, parsed, toolOperation } from '../../operations/agent-operations.ts'
import { newAgentRun } from '../../operations/agent-run.ts'
import type { Operation } from '../../operations/run-operation.ts'

/** What says which class a run is of: its package, and in the end its name. */
interface Serialized {
  readonly id?: readonly string[]
}

/** Every run that LangChain tells of. */
export const runs: Runs = new Runs()

type Names = readonly [tags: unknown, metadata: unknown, type: string | null, name: string | null]
type ToolNames = readonly [tags: unknown, metadata: unknown, name: string | null, callId?: string]

/**
 * A handler like those of the application. Graphs are agents, and a chain that none is around a workflow;
 * steps in them belong to these. It is waited for, so that what begins within finds its place.
 */
export const handler = {
  name: 'llmscope',
  awaitHandlers: true,
  ignoreLLM: true,
  ignoreRetriever: true,
  ignoreCustomEvent: true,
  handleChainStart(
    of: Serialized,
    _input: unknown,
    id: string,
    parent?: string,
    ...names: Names
  ): void {
    guard('chain', () => {
      const [, , type, name] = names
      runs.begin(id, parent, chainOperation(of, name ?? undefined, parent, type ?? undefined))
    })
  },
  handleChainEnd(_output: unknown, id: string): void {
    guard('chain', () => runs.end(id))
  },
  handleChainError(error: unknown, id: string): void {
    guard('chain', () => runs.fail(id, error))
  },
  handleToolStart(
    of: Serialized,
    input: string,
    id: string,
    parent?: string,
    ...names: ToolNames
  ): void {
    guard('tool', () => {
      const [, , name, callId] = names
      const tool = { name: name ?? classOf(of), callId, arguments: parsed(input) }
      runs.begin(id, parent, () => toolOperation(tool))
    })
  },
  handleToolEnd(output: unknown, id: string): void {
    guard('tool', () => {
      const { content, status } = (output ?? {}) as { content?: unknown; status?: unknown }
      if (status === 'error') runs.fail(id, { code: 'tool_error', message: String(content) })
      else runs.end(id, content ?? output)
    })
  },
  handleToolError(error: unknown, id: string): void {
    guard('tool', () => runs.fail(id, error))
  },
} as const

function chainOperation(
  of: Serialized,
  given: string | undefined,
  parent: string | undefined,
  type: string | undefined,
): (() => Operation) | undefined {
  const isGraph = of.id?.[0] === 'langgraph' && classOf(of).startsWith('Compiled')
  // prompts and parsers have a type of their own, and call nothing
  if (!isGraph && (parent !== undefined || type !== undefined)) return undefined
  const name = given ?? classOf(of)
  const run = newAgentRun(name)
  return () => agentOperation(isGraph ? 'invoke_agent' : 'invoke_workflow', { name }, run)
}

const classOf = ({ id }: Serialized): string => id?.at(-1) ?? 'unknown'
