import type { Attributes } from '@opentelemetry/api'
import { setAttribute } from '../attributes.ts'
import type { Emitted, EmittedName } from '../catalogue/emitted.ts'
import type { Agent, AgentOperation } from './agent-operations.ts'
import type { Place } from '../content.ts'
import { formerWorkflowName } from '../former.ts'
import type { EmbeddingOptions, RetrievalOptions, ToolOptions } from './operations.ts'

/** Span attributes of the operations that no client can tell; the second file that knows `gen_ai.*` names. */

export function agentAttributes(operation: AgentOperation, options: Agent): Attributes {
  const attributes = defined({
    'gen_ai.operation.name': operation,
    'gen_ai.agent.description': options.description,
    'gen_ai.request.model': options.model,
  })
  const former = operation === 'invoke_workflow' ? formerWorkflowName : undefined
  if (options.name !== undefined) setAttribute(attributes, agentName, options.name, former)
  return attributes
}

export function toolAttributes({ name, type, description, callId }: ToolOptions): Attributes {
  return defined({
    'gen_ai.operation.name': 'execute_tool',
    'gen_ai.tool.name': name,
    'gen_ai.tool.type': type ?? 'function',
    'gen_ai.tool.description': description,
    'gen_ai.tool.call.id': callId,
  })
}

export function retrievalAttributes({ dataSource, provider, topK }: RetrievalOptions): Attributes {
  return defined({
    'gen_ai.operation.name': 'retrieval',
    'gen_ai.data_source.id': dataSource,
    'gen_ai.provider.name': provider,
    'gen_ai.retrieval.top_k': topK,
  })
}

export function embeddingAttributes({ model, provider, dimensions }: EmbeddingOptions): Attributes {
  return defined({
    'gen_ai.operation.name': 'embeddings',
    'gen_ai.request.model': model,
    'gen_ai.provider.name': provider,
    'gen_ai.embeddings.dimension.count': dimensions,
  })
}

/** Who uses tokens: an agent, in a tool or by itself. */
export const workerAttributes = (agent: string, tool: string): Attributes => ({
  ...(agent !== '' && { [agentName]: agent }),
  ...(tool !== '' && { 'gen_ai.tool.name': tool }),
})

export const loops = 'llmscope.agent.loops'

/** Metric attributes: those of a span that are few in their values. */
export function pick(attributes: Attributes, keys: readonly string[]): Attributes {
  return Object.fromEntries(
    keys.filter((key) => attributes[key] !== undefined).map((key) => [key, attributes[key]]),
  )
}

/** Where content goes, which is set only when capture is on. */
export const places: Readonly<
  Record<'toolArguments' | 'toolResult' | 'retrievalQuery' | 'retrievalDocuments', Place>
> = {
  toolArguments: { kind: 'tool', attribute: 'gen_ai.tool.call.arguments' },
  toolResult: { kind: 'tool', attribute: 'gen_ai.tool.call.result' },
  retrievalQuery: { kind: 'retrieval', attribute: 'gen_ai.retrieval.query.text' },
  retrievalDocuments: { kind: 'retrieval', attribute: 'gen_ai.retrieval.documents' },
}

export const agentName = 'gen_ai.agent.name'

function defined(latest: Emitted): Attributes {
  const attributes: Attributes = {}
  for (const [name, value] of Object.entries(latest)) {
    setAttribute(attributes, name as EmittedName, value)
  }
  return attributes
}
