import type { AttributeName } from './attributes.ts'
import { type Carrier, FACTS, FAILURE, type SpanKind as Kind } from './carrier.ts'
import { MCP_CLIENT, mcpSpans, TOOL_CONTENT } from './mcp-spans.ts'
import {
  embeddings,
  inference,
  localEmbeddings,
  localInference,
  localPlain,
  plain,
} from './inference.ts'
import { GEN_AI, OURS, type Standing, standing } from './standing.ts'
import { plainOperations } from '../calls/plain-operations.ts'

/** A kind of span. */
export type SpanEntry = Kind & Standing

/** A kind of event on a span. */
export type SpanEventEntry = Carrier & Standing & { readonly name: string }

const KEEP: AttributeName = 'llmscope.keep'
const OUTCOME: readonly AttributeName[] = ['llmscope.stream.outcome', KEEP, ...FAILURE]

const RUN: readonly AttributeName[] = ['training.run.id', 'training.run.name']
const SUMMARY: readonly AttributeName[] = [
  'training.summary.steps',
  'training.summary.tokens',
  'training.summary.samples',
  'training.summary.loss.mean',
  'training.summary.loss.last',
  'training.summary.checkpoints',
  'training.summary.anomalies',
]

const genAi: readonly Kind[] = [
  {
    name: '{gen_ai.operation.name} {gen_ai.request.model}',
    kind: 'client',
    operations: ['chat', 'text_completion', 'generate_content'],
    meaning: 'One call of a model, all its attempts and its whole stream included.',
    ...inference,
    known: [...inference.known, KEEP],
  },
  {
    name: '{gen_ai.operation.name} {gen_ai.request.model}',
    kind: 'internal',
    operations: ['chat', 'text_completion', 'generate_content'],
    meaning: 'One call of a model in this process.',
    ...localInference,
    known: [...localInference.known, KEEP],
  },
  {
    name: 'embeddings {gen_ai.request.model}',
    kind: 'client',
    operations: ['embeddings'],
    meaning: 'One call for embeddings, of a client or within `embedding()`.',
    ...embeddings,
    known: [...embeddings.known, 'llmscope.stream.outcome', KEEP],
  },
  {
    name: 'embeddings {gen_ai.request.model}',
    kind: 'internal',
    operations: ['embeddings'],
    meaning: 'One call for embeddings of a model in this process.',
    ...localEmbeddings,
    known: [...localEmbeddings.known, KEEP],
  },
  {
    name: 'retrieval {gen_ai.data_source.id}',
    kind: 'client',
    operations: ['retrieval'],
    meaning: 'A search for documents within `retrieval()`.',
    always: ['gen_ai.operation.name', 'gen_ai.data_source.id'],
    known: ['gen_ai.provider.name', 'gen_ai.retrieval.top_k', ...OUTCOME, ...FACTS],
    captured: ['gen_ai.retrieval.query.text', 'gen_ai.retrieval.documents'],
    former: ['gen_ai.system', 'gen_ai.request.top_k'],
  },
  {
    name: 'invoke_agent {gen_ai.agent.name}',
    kind: 'internal',
    operations: ['invoke_agent'],
    meaning:
      'A run of an agent within `agent()`, or of one that a client runs itself, which has no name.',
    always: ['gen_ai.operation.name'],
    known: [
      'gen_ai.agent.name',
      'gen_ai.agent.description',
      'gen_ai.request.model',
      'llmscope.agent.loops',
      ...OUTCOME,
      ...FACTS,
    ],
  },
  {
    name: 'invoke_workflow {gen_ai.agent.name}',
    kind: 'internal',
    operations: ['invoke_workflow'],
    meaning: 'A run of a workflow within `workflow()`.',
    always: ['gen_ai.operation.name', 'gen_ai.agent.name'],
    known: ['gen_ai.agent.description', ...OUTCOME, ...FACTS],
    former: ['gen_ai.workflow.name'],
  },
  {
    name: 'execute_tool {gen_ai.tool.name}',
    kind: 'internal',
    operations: ['execute_tool'],
    meaning: 'A call of a tool within `tool()`, or by an agent that a client runs.',
    always: ['gen_ai.operation.name', 'gen_ai.tool.name', 'gen_ai.tool.type'],
    known: [
      'gen_ai.tool.description',
      'gen_ai.tool.call.id',
      'mcp.method.name',
      ...MCP_CLIENT,
      ...OUTCOME,
      ...FACTS,
    ],
    captured: TOOL_CONTENT,
  },
  ...mcpSpans,
]

const own: readonly Kind[] = [
  {
    name: '{gen_ai.operation.name} {gen_ai.request.model}',
    kind: 'client',
    operations: plainOperations,
    meaning: 'Any other request to a provider that has a span: no token is counted.',
    ...plain,
    known: [...plain.known, 'llmscope.stream.outcome', KEEP],
  },
  {
    name: '{gen_ai.operation.name} {gen_ai.request.model}',
    kind: 'internal',
    operations: ['transcribe_audio', 'generate_speech', 'rerank'],
    meaning: 'What else a model in this process does that has a span.',
    ...localPlain,
    known: [...localPlain.known, KEEP],
  },
  {
    name: 'training run start',
    kind: 'internal',
    operations: [],
    meaning: 'The start of a run; all other spans of the run are linked to it.',
    always: RUN,
    known: [
      'training.run.parent.id',
      'training.run.resume.step',
      'training.rank',
      'training.world_size',
      'training.model.name',
      'training.model.parameters',
      'training.dataset.name',
      'training.dataset.samples',
      'training.dataset.tokens',
      'training.hyperparameter.<key>',
      ...FACTS,
    ],
  },
  {
    name: 'training run end',
    kind: 'internal',
    operations: [],
    meaning: 'The end of a run, and what was done in it.',
    always: [...RUN, 'training.run.outcome', 'training.run.duration'],
    known: [...SUMMARY, 'training.rank', 'error.type', ...FACTS],
  },
  {
    name: 'training epoch',
    kind: 'internal',
    operations: [],
    meaning: 'One pass over the data, and what was done in it.',
    always: [...RUN, 'training.epoch.index'],
    known: [...SUMMARY, 'training.rank', 'error.type', ...FACTS],
  },
  {
    name: 'training evaluation {training.evaluation.name}',
    kind: 'internal',
    operations: [],
    meaning: 'One evaluation.',
    always: [...RUN, 'training.evaluation.name'],
    known: [
      'training.evaluation.result.<metric>',
      'training.step.index',
      'training.epoch.index',
      'training.rank',
      'error.type',
      ...FACTS,
    ],
  },
  {
    name: 'training checkpoint',
    kind: 'internal',
    operations: [],
    meaning: 'The writing of one checkpoint.',
    always: RUN,
    known: [
      'training.checkpoint.step',
      'training.checkpoint.path',
      'training.step.index',
      'training.epoch.index',
      'training.rank',
      'error.type',
      ...FACTS,
    ],
  },
  {
    name: 'llmscope doctor',
    kind: 'internal',
    operations: [],
    meaning: 'What `llmscope doctor` sends, to see whether it arrives.',
    always: ['llmscope.doctor.padding'],
    known: [],
  },
]

/** Every kind of span that the SDK makes. */
export const spans: readonly SpanEntry[] = [...standing(GEN_AI, genAi), ...standing(OURS, own)]

/** Every kind of event that the SDK adds to its spans. */
export const spanEvents: readonly SpanEventEntry[] = standing(OURS, [
  {
    name: 'llmscope.attempt',
    meaning:
      'On the span of a call: one HTTP request that failed, whether another followed or not.',
    always: FAILURE,
    known: [
      'http.request.resend_count',
      'http.response.status_code',
      'llmscope.provider.request_id',
      'llmscope.attempt.duration',
      'llmscope.attempt.retry_after',
    ],
  },
])
