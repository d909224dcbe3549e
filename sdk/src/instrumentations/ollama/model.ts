import type { GenAiRequest, GenAiResponse } from '../../calls/genai.ts'
import type { Ending, ModelRequest } from './wire.ts'

/** What chats and completions are asked for alike. */
export function parametersOf(request: ModelRequest): GenAiRequest {
  const { model, stream, format, think, options = {} } = request
  return {
    model,
    stream: stream || undefined,
    maxTokens: options.num_predict,
    temperature: options.temperature,
    topP: options.top_p,
    topK: options.top_k,
    frequencyPenalty: options.frequency_penalty,
    presencePenalty: options.presence_penalty,
    seed: options.seed,
    stopSequences: options.stop,
    outputType: format ? 'json' : undefined,
    reasoningLevel: think === undefined ? undefined : String(think),
  }
}

/** What the last line says. Answers have no id, and what was thought is not counted apart. */
export function endingOf(ending: Ending): GenAiResponse {
  const { model, done_reason: reason, prompt_eval_count: input, eval_count: output } = ending
  const isCounted = input !== undefined || output !== undefined
  return {
    model,
    finishReasons: reason ? [reason] : undefined,
    usage: isCounted ? { input, output } : undefined,
  }
}

/** Keeps of a line what the last one says. */
export function foldEnding(whole: Ending, line: Ending): void {
  whole.model ??= line.model
  if (!line.done_reason) return
  whole.done_reason = line.done_reason
  whole.prompt_eval_count = line.prompt_eval_count
  whole.eval_count = line.eval_count
}
