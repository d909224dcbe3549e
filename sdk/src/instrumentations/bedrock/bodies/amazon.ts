import type { Method } from '../../../calls/adapter.ts'
import { answered, asked, longer } from './text.ts'

interface TitanRequest {
  readonly inputText?: string
  readonly textGenerationConfig?: {
    readonly maxTokenCount?: number
    readonly temperature?: number
    readonly topP?: number
    readonly stopSequences?: readonly string[]
  }
}

interface Result {
  readonly tokenCount?: number | undefined
  readonly outputText?: string | undefined
  readonly completionReason?: string | null | undefined
}

interface TitanAnswer {
  readonly inputTextTokenCount?: number | undefined
  readonly results?: readonly Result[]
}

/** A piece of one result. */
interface TitanPiece extends Result {
  readonly inputTextTokenCount?: number | null
  readonly totalOutputTextTokenCount?: number | null
}

interface EmbeddingRequest {
  readonly dimensions?: number
  readonly embeddingConfig?: { readonly outputEmbeddingLength?: number }
}

const FINISH_REASONS: Readonly<Record<string, string>> = {
  FINISH: 'stop',
  FINISHED: 'stop',
  STOP_CRITERIA_MET: 'stop',
  LENGTH: 'length',
  CONTENT_FILTERED: 'content_filter',
}

/** https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-titan-text.html */
export const titan: Method<TitanRequest, TitanAnswer, TitanPiece> = {
  operation: 'text_completion',
  request: ({ inputText, textGenerationConfig: config }) => ({
    model: undefined,
    maxTokens: config?.maxTokenCount,
    temperature: config?.temperature,
    topP: config?.topP,
    stopSequences: config?.stopSequences,
    messages: () => asked(inputText),
  }),
  response: ({ inputTextTokenCount, results = [] }) => ({
    finishReasons: finishReasons(results),
    usage: { input: inputTextTokenCount, output: totalOf(results) },
    messages: () => results.flatMap(({ outputText }) => answered(outputText)),
  }),
  fold: (answer, piece, content) => {
    const result = answer?.results?.[0]
    return {
      inputTextTokenCount: piece.inputTextTokenCount ?? answer?.inputTextTokenCount,
      results: [
        {
          tokenCount: piece.totalOutputTextTokenCount ?? result?.tokenCount,
          outputText: longer(result?.outputText, piece.outputText, content),
          completionReason: piece.completionReason ?? result?.completionReason,
        },
      ],
    }
  },
}

/** https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-titan-embed-text.html */
export const titanEmbeddings: Method<EmbeddingRequest, TitanAnswer> = {
  operation: 'embeddings',
  request: ({ dimensions, embeddingConfig }) => ({
    model: undefined,
    dimensionCount: dimensions ?? embeddingConfig?.outputEmbeddingLength,
  }),
  response: ({ inputTextTokenCount }) => ({ usage: { input: inputTextTokenCount } }),
}

/** Images: nobody counts them in tokens. */
export const images: Method = {
  operation: 'generate_images',
  request: () => ({ model: undefined }),
  response: () => ({}),
}

function finishReasons(results: readonly Result[]): string[] | undefined {
  if (!results.some(({ completionReason }) => completionReason)) return undefined
  return results.map(({ completionReason: reason }) =>
    reason ? (FINISH_REASONS[reason] ?? reason.toLowerCase()) : 'error',
  )
}

function totalOf(results: readonly Result[]): number | undefined {
  const counts = results.flatMap(({ tokenCount }) => tokenCount ?? [])
  return counts.length > 0 ? counts.reduce((sum, count) => sum + count) : undefined
}
