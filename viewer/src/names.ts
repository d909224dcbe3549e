/** The attributes that the viewer understands, by the names of the catalogues. */
import type {
  AttributeName as HardwareName,
  resource as hostResource,
} from '@llmscope/host-agent/catalogue'
import type { AttributeName } from '@llmscope/sdk/catalogue'

type Names = Readonly<Record<string, AttributeName>>

/** What spans say of calls of models, agents and tools. */
export const GEN_AI = {
  operation: 'gen_ai.operation.name',
  provider: 'gen_ai.provider.name',
  formerProvider: 'gen_ai.system',
  requestModel: 'gen_ai.request.model',
  responseModel: 'gen_ai.response.model',
  responseId: 'gen_ai.response.id',
  firstChunk: 'gen_ai.response.time_to_first_chunk',
  input: 'gen_ai.usage.input_tokens',
  output: 'gen_ai.usage.output_tokens',
  cacheRead: 'gen_ai.usage.cache_read.input_tokens',
  cacheWrite: 'gen_ai.usage.cache_write.input_tokens',
  formerCacheWrite: 'gen_ai.usage.cache_creation.input_tokens',
  reasoning: 'gen_ai.usage.reasoning.output_tokens',
  cost: 'llmscope.cost.amount',
  conversation: 'gen_ai.conversation.id',
  user: 'user.id',
  errorType: 'error.type',
} as const satisfies Names

/** What an event of a score says. */
export const EVALUATION = {
  name: 'gen_ai.evaluation.name',
  value: 'gen_ai.evaluation.score.value',
  label: 'gen_ai.evaluation.score.label',
  explanation: 'gen_ai.evaluation.explanation',
} as const satisfies Names

/** Names of events. */
export const EVENTS = {
  score: 'gen_ai.evaluation.result',
  step: 'training.step',
  anomaly: 'training.anomaly',
} as const

/** Names of the spans of a training run, or what they begin with. */
export const RUN_SPANS = {
  start: 'training run start',
  end: 'training run end',
  epoch: 'training epoch',
  evaluation: 'training evaluation',
  checkpoint: 'training checkpoint',
} as const

/** What spans, events and points say of a training run. */
export const TRAINING = {
  run: 'training.run.id',
  name: 'training.run.name',
  outcome: 'training.run.outcome',
  model: 'training.model.name',
  dataset: 'training.dataset.name',
  hyperparameter: 'training.hyperparameter.<key>',
  step: 'training.step.index',
  loss: 'training.step.loss',
  learningRate: 'training.step.learning_rate',
  gradientNorm: 'training.step.gradient_norm',
  epoch: 'training.epoch.index',
  evaluation: 'training.evaluation.name',
  result: 'training.evaluation.result.<metric>',
  resultName: 'training.metric.name',
  checkpointStep: 'training.checkpoint.step',
  checkpointPath: 'training.checkpoint.path',
  anomaly: 'training.anomaly.type',
} as const satisfies Names

/** What resources say of hosts. */
export const HOST = { id: 'host.id', name: 'host.name' } as const satisfies Readonly<
  Record<string, keyof typeof hostResource>
>

/** What points say of GPUs. */
export const HARDWARE = {
  id: 'hw.id',
  name: 'hw.name',
  type: 'hw.type',
  parent: 'hw.parent',
} as const satisfies Readonly<Record<string, HardwareName>>

/** Names of metrics of hosts and GPUs that have a chart of their own. */
export const METRICS = {
  load: 'system.cpu.load_average.1m',
  memory: 'system.memory.usage',
  gpuUtilization: 'hw.gpu.utilization',
  gpuMemory: 'hw.gpu.memory.usage',
  power: 'hw.power',
  temperature: 'hw.temperature',
} as const
