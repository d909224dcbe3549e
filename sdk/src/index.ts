export type { Adapter, Endpoint, Method, Target } from './adapter.ts'
export { withContext } from './call-context.ts'
export { uploadToFolder } from './content/folder.ts'
export type { ContentItem, UploadContent } from './content/upload.ts'
export type { ErrorCategory } from './errors.ts'
export type { ContextFacts, FactValue } from './facts.ts'
export type { Flushed, FlushOptions } from './flush.ts'
export { flush } from './flush.ts'
export type { GenAiRequest, GenAiResponse, Message, Operation, Part, Usage } from './genai.ts'
export { instrument } from './instrument.ts'
export type {
  AgentOptions,
  EmbeddingOptions,
  RetrievalOptions,
  ToolOptions,
  WorkflowOptions,
} from './operations.ts'
export { agent, embedding, retrieval, tool, workflow } from './operations.ts'
export type { CaptureContent, Options, Semconv } from './options.ts'
export type { RedactionRules } from './redaction/custom.ts'
export type { ContentKind, Place, Redact } from './redaction/redactor.ts'
export type { RedactionRule } from './redaction/rule.ts'
export type { Score, ScoreTarget } from './score.ts'
export { score } from './score.ts'
export type { RequestHandlerOptions, WaitUntil } from './serverless.ts'
export { lambdaHandler, requestHandler } from './serverless.ts'
export type { Started } from './start.ts'
export { start } from './start.ts'
export { trainingRun } from './training/index.ts'
export type {
  TrainingCheckpoint,
  TrainingEpoch,
  TrainingRun,
  TrainingRunConfig,
  TrainingStep,
} from './training/index.ts'
