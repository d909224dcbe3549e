import { agentMetrics, metrics } from '@llmscope/sdk/catalogue'
import { graph } from '../kit.ts'
import { increase, mean, perHour, quantile, rate, share } from '../queries.ts'
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
      title: 'Tokens by agent',
      description:
        'Input and output tokens per second of the calls that an agent made. Those in a tool of its own count too.',
      unit: 'short',
      queries: {
        '{{gen_ai_agent_name}}: input': rate(llm(agentMetrics.agentInputTokens), [AGENT]),
        '{{gen_ai_agent_name}}: output': rate(llm(agentMetrics.agentOutputTokens), [AGENT]),
      },
      empty: NO_AGENTS,
    }),
    graph({
      title: 'Cost per hour by agent',
      description: 'What the calls of an agent cost by list prices, an hour at this rate.',
      unit: 'currencyUSD',
      queries: {
        '{{gen_ai_agent_name}}': perHour(rate(llm(agentMetrics.agentCost), [AGENT])),
      },
      empty: 'No agent made a call that has a price in this time range',
    }),
    graph({
      title: 'Loops by agent and tool',
      description:
        'How often a run called a tool for the third time with the same arguments. An agent that asks again what it was told goes in circles.',
      unit: 'short',
      queries: {
        '{{gen_ai_agent_name}}: {{gen_ai_tool_name}}': increase(llm(agentMetrics.agentLoops), [
          AGENT,
          TOOL,
        ]),
      },
      empty: 'No agent went in circles in this time range',
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
