import type { AttributeName } from '../catalogue/attributes.ts'
import type { Metric } from '../metrics.ts'

/** What agents and their tools use, and when they go in circles: no convention has names for it. */

const OF: readonly AttributeName[] = [
  'gen_ai.agent.name',
  'gen_ai.tool.name',
  'llmscope.variant',
  'llmscope.tag.<key>',
]

const counter = (name: string, unit: string, description: string): Metric => ({
  name: `llmscope.agent.${name}`,
  instrument: 'counter',
  unit,
  description,
  attributes: OF,
})

export const agentInputTokens: Metric = counter(
  'input_tokens',
  '{token}',
  'Input tokens of the inference calls that an agent made, by the tool that it made them in.',
)

export const agentOutputTokens: Metric = counter(
  'output_tokens',
  '{token}',
  'Output tokens of the inference calls that an agent made, by the tool that it made them in.',
)

export const agentCost: Metric = counter(
  'cost',
  '{USD}',
  'What the inference calls of an agent cost by list prices, by the tool that it made them in.',
)

export const agentLoops: Metric = counter(
  'loops',
  '{loop}',
  'Loops of agents: one run called the same tool with the same arguments for the third time.',
)
