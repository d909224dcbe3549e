import type { ChatCompletionFunctionTool } from 'openai/resources/chat/completions'
import { calculate } from './calculator.ts'

interface AgentTool {
  /** What the model is told about it. */
  readonly definition: ChatCompletionFunctionTool
  /** Throws an `Error` that tells the model what was wrong with its arguments. */
  readonly run: (args: Record<string, unknown>) => unknown
}

const dollarsPerHour: Readonly<Record<string, number>> = { H100: 2.5, A100: 1.6, L40S: 0.9 }

const gpuPrice: AgentTool = {
  definition: {
    type: 'function',
    function: {
      name: 'gpu_price',
      description: 'Looks up what one GPU of the cluster costs, in US dollars an hour.',
      parameters: {
        type: 'object',
        properties: { gpu: { type: 'string', enum: Object.keys(dollarsPerHour) } },
        required: ['gpu'],
      },
    },
  },
  run: ({ gpu }) => {
    const price = dollarsPerHour[String(gpu)]
    if (price === undefined) throw new Error(`the cluster has no GPU called ${String(gpu)}`)
    return { gpu, dollars_per_hour: price }
  },
}

const calculator: AgentTool = {
  definition: {
    type: 'function',
    function: {
      name: 'calculator',
      description: 'Works out an arithmetic expression of numbers, + - * / and parentheses.',
      parameters: {
        type: 'object',
        properties: { expression: { type: 'string', description: 'For example 8 * 12 * 2.5' } },
        required: ['expression'],
      },
    },
  },
  run: ({ expression }) => ({ expression, value: calculate(String(expression)) }),
}

const agentTools: readonly AgentTool[] = [gpuPrice, calculator]

export const toolDefinitions: ChatCompletionFunctionTool[] = agentTools.map(
  ({ definition }) => definition,
)

/** Runs the named tool on arguments in JSON, as the model wrote them. */
export function runTool(name: string, json: string): unknown {
  const found = agentTools.find(({ definition }) => definition.function.name === name)
  if (!found) throw new Error(`there is no tool called ${name}`)
  return found.run(JSON.parse(json) as Record<string, unknown>)
}
