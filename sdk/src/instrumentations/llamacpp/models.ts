import type { GenAiRequest } from '../../calls/genai.ts'
import type { Model, Runner, Sequence } from './wire.ts'

/** Data types by their numbers in a model's file: `llama_ftype` of llama.cpp. */
const TYPES: readonly string[] =
  'F32 F16 Q4_0 Q4_1 Q4_1_F16 Q4_2 Q4_3 Q8_0 Q5_0 Q5_1 Q2_K Q3_K_S Q3_K_M Q3_K_L Q4_K_S Q4_K_M Q5_K_S Q5_K_M Q6_K IQ2_XXS IQ2_XS Q2_K_S IQ3_XS IQ3_XXS IQ1_S IQ4_NL IQ3_S IQ3_M IQ2_S IQ2_M IQ4_XS IQ1_M BF16 Q4_0_4_4 Q4_0_4_8 Q4_0_8_8 TQ1_0 TQ2_0 MXFP4_MOE NVFP4 Q1_0 Q2_0'.split(
    ' ',
  )

export const sequenceOf = (runner: unknown): Sequence | undefined =>
  (runner as Runner | undefined)?.['_sequence'] ?? undefined

/** A model as its calls name it, by its file, and where its weights are. */
export function placed(model: Model | undefined): GenAiRequest {
  const { filename, llama, fileInfo } = model ?? {}
  const type = fileInfo?.metadata?.general?.file_type
  return {
    model: filename?.replace(/\.gguf$/i, ''),
    device: llama && (llama.gpu || 'cpu'),
    dtype: type === undefined ? undefined : TYPES[type],
  }
}
