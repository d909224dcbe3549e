import { context, type Context, createContextKey } from '@opentelemetry/api'

/** What is counted while an agent runs. */
export interface AgentRun {
  readonly name: string | undefined
  inferenceCalls: number
  toolCalls: number
}

const KEY = createContextKey('llmscope agent run')

/** The innermost agent that is running here. */
export function agentRun(): AgentRun | undefined {
  return context.active().getValue(KEY) as AgentRun | undefined
}

export function withAgentRun(parent: Context, run: AgentRun): Context {
  return parent.setValue(KEY, run)
}
