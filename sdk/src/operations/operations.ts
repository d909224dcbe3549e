import { type Span, SpanKind } from '@opentelemetry/api'
import { agentOperation, type AgentOperation, capture, toolOperation } from './agent-operations.ts'
import { newAgentRun } from './agent-run.ts'
import { contentString, onSpans } from '../content.ts'
import * as metrics from '../metrics.ts'
import { embeddingAttributes, places, retrievalAttributes } from './operation-attributes.ts'
import { towardsProvider } from '../context/propagation.ts'
import { type Operation, runOperation } from './run-operation.ts'

/** A run of a model that chooses its own steps. */
export interface AgentOptions {
  readonly name: string
  readonly description?: string | undefined
  /** The one model that it uses, where it uses one. */
  readonly model?: string | undefined
}

/** A chain of steps that the application itself fixes. */
export type WorkflowOptions = Omit<AgentOptions, 'model'>

/** A call of a tool. Arguments and result are content: they are captured only when that is on. */
export interface ToolOptions {
  readonly name: string
  /** `function` where nothing else is said. */
  readonly type?: 'function' | 'extension' | 'datastore' | undefined
  readonly description?: string | undefined
  /** The id that the model gave the call. */
  readonly callId?: string | undefined
  readonly arguments?: unknown
}

/** A search for documents. The query and the documents' ids and scores are content. */
export interface RetrievalOptions {
  readonly dataSource: string
  /** Who serves it: `pinecone`, `pgvector`, … */
  readonly provider?: string | undefined
  readonly query?: string | undefined
  readonly topK?: number | undefined
}

/** Embeddings that are made without a client that llmscope instruments. */
export interface EmbeddingOptions {
  readonly model: string
  readonly provider: string
  readonly dimensions?: number | undefined
}

/** Runs `fn` as a workflow: span `invoke_workflow {name}`. Returns what it returns. */
export function workflow<T>(options: string | WorkflowOptions, fn: (span: Span) => T): T {
  return runOperation(() => asAgent('invoke_workflow', named(options)), fn)
}

/** Runs `fn` as an agent: span `invoke_agent {name}`; inference and tool calls within are counted. */
export function agent<T>(options: string | AgentOptions, fn: (span: Span) => T): T {
  return runOperation(() => asAgent('invoke_agent', named(options)), fn)
}

/** Runs `fn` as a call of a tool: span `execute_tool {name}`. */
export function tool<T>(options: string | ToolOptions, fn: (span: Span) => T): T {
  return runOperation(() => toolOperation(named(options)), fn)
}

/** Runs `fn` as a search: span `retrieval {dataSource}`. A list of `{ id, score }` is kept as the documents. */
export function retrieval<T>(options: RetrievalOptions, fn: (span: Span) => T): T {
  return runOperation(
    () => ({
      name: `retrieval ${options.dataSource}`,
      kind: SpanKind.CLIENT,
      attributes: retrievalAttributes(options),
      metric: metrics.operationDuration,
      begin: (span) => {
        if (onSpans() && options.query !== undefined) {
          const { retrievalQuery } = places
          span.setAttribute(retrievalQuery.attribute, contentString(options.query, retrievalQuery))
        }
      },
      end: (span, result) => capture(span, places.retrievalDocuments, () => documents(result)),
    }),
    fn,
  )
}

/** Runs `fn` as the making of embeddings: span `embeddings {model}`. */
export function embedding<T>(options: EmbeddingOptions, fn: (span: Span) => T): T {
  return runOperation(
    () => ({
      name: `embeddings ${options.model}`,
      kind: SpanKind.CLIENT,
      attributes: embeddingAttributes(options),
      metric: metrics.embeddingsDuration,
      enter: towardsProvider,
    }),
    fn,
  )
}

function asAgent(operation: AgentOperation, options: AgentOptions): Operation {
  return agentOperation(operation, options, newAgentRun(options.name))
}

function named<Options extends { readonly name: string }>(options: string | Options): Options {
  return typeof options === 'string' ? ({ name: options } as Options) : options
}

function documents(result: unknown): unknown[] | undefined {
  if (!Array.isArray(result)) return undefined
  return result
    .filter(
      (item) => typeof item === 'object' && item !== null && ('id' in item || 'score' in item),
    )
    .map(({ id, score }: { id?: unknown; score?: unknown }) => ({ id, score }))
}
