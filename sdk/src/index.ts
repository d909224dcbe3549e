export type { Adapter, Endpoint, Method, Target } from './calls/adapter.ts'
export { withContext } from './context/call-context.ts'
export { uploadToFolder } from './content/folder.ts'
export type { ContentItem, UploadContent } from './content/upload.ts'
export type { ErrorCategory } from './calls/errors.ts'
export type { ContextFacts, FactValue } from './context/facts.ts'
export type { Flushed, FlushOptions } from './delivery/flush.ts'
export { flush } from './delivery/flush.ts'
export type { GenAiRequest, GenAiResponse, Message, Operation, Part, Usage } from './calls/genai.ts'
export { instrument } from './calls/instrument.ts'
export type {
  AgentOptions,
  EmbeddingOptions,
  RetrievalOptions,
  ToolOptions,
  WorkflowOptions,
} from './operations/operations.ts'
export { agent, embedding, retrieval, tool, workflow } from './operations/operations.ts'
export type { CaptureContent, Options, Semconv } from './options.ts'
export type { RedactionRules } from './redaction/custom.ts'
export type { ContentKind, Place, Redact } from './redaction/redactor.ts'
export type { RedactionRule } from './redaction/rule.ts'
export type { Score, ScoreTarget } from './operations/score.ts'
export { score } from './operations/score.ts'
export type { RequestHandlerOptions, WaitUntil } from './delivery/serverless.ts'
export { lambdaHandler, requestHandler } from './delivery/serverless.ts'
export type { Started } from './start.ts'
export { start } from './start.ts'
export { tensorflowCallback, trainingRun } from './training/index.ts'
export type {
  RunReference,
  StepPhase,
  TensorflowCallback,
  TrainingCheckpoint,
  TrainingEpoch,
  TrainingRun,
  TrainingRunConfig,
  TrainingSample,
  TrainingStep,
} from './training/index.ts'
