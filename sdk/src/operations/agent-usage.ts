import type { Attributes, Context } from '@opentelemetry/api'
import type { Usage } from '../calls/genai.ts'
import { overflowAttributes } from '../context/context-attributes.ts'
import { measure } from '../measure.ts'
import type { AgentRun } from './agent-run.ts'
import { agentCost, agentInputTokens, agentLoops, agentOutputTokens } from './metrics-agents.ts'
import { workerAttributes } from './operation-attributes.ts'
import { runningTool } from './running-tool.ts'

/** Far more than anybody has of agents and tools: beyond it, their names are made up as they go. */
const MOST = 500

/** How many calls of one tool with the same arguments are a loop, in one run of an agent. */
const LOOP = 3

/** Arguments that are longer are not compared: it would cost more than it tells. */
const LONGEST = 10_000

const known = new Map<string, Map<string, Attributes>>()
let size = 0

/** Attributes of the agent that works in a context, and of the tool in which it does. */
export function workerIn(active: Context, { name = '' }: AgentRun): Attributes {
  return worker(name, runningTool(active)?.name ?? '')
}

/** What a call of an agent used. */
export function measureAgentUse(
  by: Attributes,
  usage: Usage | undefined,
  cost: number | undefined,
  dimensions: Attributes | undefined,
): void {
  const attributes = dimensions ? { ...by, ...dimensions } : by
  if (usage?.input !== undefined) measure(agentInputTokens, usage.input, attributes)
  if (usage?.output !== undefined) measure(agentOutputTokens, usage.output, attributes)
  if (cost !== undefined) measure(agentCost, cost, attributes)
}

/** A tool is called in a run. Counts a loop once, when it is one. */
export function noteToolCall(
  run: AgentRun,
  tool: string,
  given: unknown,
  dimensions: Attributes | undefined,
): void {
  const text = textOf(given)
  if (text === undefined || text.length > LONGEST) return
  const call = `${tool} ${text}`
  const times = (run.calls.get(call) ?? 0) + 1
  run.calls.set(call, times)
  if (times !== LOOP) return
  run.loops += 1
  measure(agentLoops, 1, { ...worker(run.name ?? '', tool), ...dimensions })
}

function textOf(given: unknown): string | undefined {
  if (typeof given === 'string') return given
  try {
    return JSON.stringify(given)
  } catch {
    // it has cycles, or what it is made of throws
    return undefined
  }
}

function worker(agent: string, tool: string): Attributes {
  const tools = known.get(agent) ?? new Map<string, Attributes>()
  const same = tools.get(tool)
  if (same) return same
  if (size >= MOST) return overflowAttributes
  size += 1
  const attributes = Object.freeze(workerAttributes(agent, tool))
  known.set(agent, tools.set(tool, attributes))
  return attributes
}
