import { metrics } from '@llmscope/sdk/catalogue'
import { graph } from '../kit.ts'
import { mean, quantile, rate, share } from '../queries.ts'
import type { Row } from '../row.ts'
import { failed, llm } from '../scopes/llm.ts'

const AGENT = 'gen_ai.agent.name'
const TOOL = 'gen_ai.tool.name'
const runs = llm(metrics.agentDuration)
const toolCalls = llm(metrics.toolDuration)
const NO_AGENTS = 'No agent or workflow ran in this time range'
const NO_TOOLS = 'No tool was called in this time range'

export const agents: Row = {
  title: 'Agents and tools',
  panels: [
    graph({
      title: 'Runs by agent',
      description: 'Runs of agents and workflows that ended per second.',
      unit: 'reqps',
      queries: { '{{gen_ai_agent_name}}': rate(runs, [AGENT]) },
      empty: NO_AGENTS,
    }),
    graph({
      title: 'Run duration p95 by agent',
      description: '95 of 100 runs of an agent or workflow took no longer.',
      unit: 's',
      queries: { '{{gen_ai_agent_name}}': quantile(0.95, runs, [AGENT]) },
      empty: NO_AGENTS,
    }),
    graph({
      title: 'Calls per run by agent',
      description:
        'Mean number of LLM and tool calls of one run. A rise can be an agent in a loop.',
      unit: 'short',
      queries: {
        '{{gen_ai_agent_name}}: LLM': mean(llm(metrics.agentInferenceCalls), [AGENT]),
        '{{gen_ai_agent_name}}: tools': mean(llm(metrics.agentToolCalls), [AGENT]),
      },
      empty: NO_AGENTS,
    }),
    graph({
      title: 'Tool calls',
      description: 'Tool calls that ended per second.',
      unit: 'reqps',
      queries: { '{{gen_ai_tool_name}}': rate(toolCalls, [TOOL]) },
      stacked: true,
      empty: NO_TOOLS,
    }),
    graph({
      title: 'Tool duration p95',
      description: '95 of 100 calls of a tool took no longer.',
      unit: 's',
      queries: { '{{gen_ai_tool_name}}': quantile(0.95, toolCalls, [TOOL]) },
      empty: NO_TOOLS,
    }),
    graph({
      title: 'Tool error ratio',
      description: 'Share of the calls of a tool that failed. 0 means that none did.',
      unit: 'percentunit',
      queries: {
        '{{gen_ai_tool_name}}': share(
          rate(llm(metrics.toolDuration, failed), [TOOL]),
          rate(toolCalls, [TOOL]),
        ),
      },
      softMax: 0.1,
      empty: NO_TOOLS,
    }),
  ],
}
