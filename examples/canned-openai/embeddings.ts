import { createHash } from 'node:crypto'
import type { EmbeddingCreateParams } from 'openai/resources/embeddings'
import { invalidParameter, missingParameter } from './api-error.ts'
import type { Endpoint } from './exchange.ts'
import { findModel } from './models.ts'
import { tokenize } from './tokens.ts'

/** `POST /v1/embeddings` for texts, as numbers or in base64. */
export const embeddings: Endpoint = async (body, exchange, { pace, ledger }) => {
  const request = parse(body)
  const { snapshot } = findModel(request.model, 'embedding')
  const texts = inputTexts(request.input)
  const prompt_tokens = texts.reduce((sum, text) => sum + tokenize(text).length, 0)
  await pace.firstToken(prompt_tokens, exchange.signal)
  ledger.charge(request.model, { prompt_tokens, completion_tokens: 0 })
  exchange.json(200, {
    object: 'list',
    data: texts.map((text, index) => {
      const vector = embed(text, request.dimensions ?? 1536)
      const base64 = request.encoding_format === 'base64'
      return {
        object: 'embedding',
        index,
        embedding: base64 ? Buffer.from(vector.buffer).toString('base64') : [...vector],
      }
    }),
    model: snapshot,
    usage: { prompt_tokens, total_tokens: prompt_tokens },
  })
}

function parse(body: unknown): EmbeddingCreateParams {
  const request = body as EmbeddingCreateParams
  if (typeof request.model !== 'string') throw missingParameter('model')
  if (request.input === undefined) throw missingParameter('input')
  return request
}

function inputTexts(input: unknown): string[] {
  const texts: unknown[] = Array.isArray(input) ? input : [input]
  if (texts.length === 0 || !texts.every((text) => typeof text === 'string')) {
    throw invalidParameter('input', 'this server embeds a text or a list of texts.')
  }
  return texts
}

/** A unit vector with a direction for each word, so that texts which share words point the same way. */
function embed(text: string, dimensions: number): Float32Array {
  const vector = new Float32Array(dimensions)
  for (const word of text.toLowerCase().match(/[\p{L}\p{N}]{4,}/gu) ?? []) {
    const slot = createHash('sha256').update(word.slice(0, 6)).digest().readUInt32BE() % dimensions
    vector[slot] = 1
  }
  const length = Math.hypot(...vector)
  return length === 0 ? vector.fill(dimensions ** -0.5) : vector.map((value) => value / length)
}
