import { context, type Context, createContextKey, type Span, trace } from '@opentelemetry/api'

/** What is counted while an agent runs. */
export interface AgentRun {
  readonly name: string | undefined
  inferenceCalls: number
  toolCalls: number
  /** How often each tool was called with the same arguments. */
  readonly calls: Map<string, number>
  loops: number
}

/** A run that begins, of an agent that need not have a name. */
export function newAgentRun(name: string | undefined): AgentRun {
  return { name, inferenceCalls: 0, toolCalls: 0, calls: new Map(), loops: 0 }
}

const KEY = createContextKey('llmscope agent run')

/** Agents that run in a context that a client made: it holds their span, and nothing else of ours. */
const runs = new WeakMap<Span, AgentRun>()

/** The innermost agent that is running here. */
export function agentRun(active: Context = context.active()): AgentRun | undefined {
  const span = trace.getSpan(active)
  return (span && runs.get(span)) ?? (active.getValue(KEY) as AgentRun | undefined)
}

export function withAgentRun(parent: Context, run: AgentRun): Context {
  return parent.setValue(KEY, run)
}

/** What runs while `span` is active is the agent's. */
export function bindAgentRun(span: Span, run: AgentRun | undefined): void {
  if (run) runs.set(span, run)
}
