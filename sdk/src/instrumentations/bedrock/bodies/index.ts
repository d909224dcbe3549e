import type { Method } from '../../../calls/adapter.ts'
import { messages } from '../../anthropic/messages.ts'
import { chat } from '../../openai/chat.ts'
import { nova } from '../converse.ts'
import { images, titan, titanEmbeddings } from './amazon.ts'
import { cohereChat, cohereEmbeddings, cohereGenerate, cohereRerank } from './cohere.ts'
import { llama } from './meta.ts'
import { mistral } from './mistral.ts'

/** How the vendors of models have the bodies of requests and answers. The first that matches an id counts. */
const BODIES: ReadonlyArray<readonly [model: RegExp, method: Method]> = [
  [/\banthropic\./, messages],
  [/\bamazon\.(nova-canvas|titan-image)|\bstability\./, images],
  [/\bamazon\.(titan-embed|titan-multimodal|nova-[\w-]*embed)/, titanEmbeddings],
  [/\bamazon\.titan/, titan],
  [/\bamazon\./, nova],
  [/\bmeta\./, llama],
  [/\bmistral\./, mistral],
  [/\bcohere\.embed/, cohereEmbeddings],
  [/\bcohere\.rerank/, cohereRerank],
  [/\bcohere\.command-(r|a)/, cohereChat],
  [/\bcohere\./, cohereGenerate],
]

/** Every way to read them. */
export const bodies: readonly Method[] = BODIES.map(([, method]) => method)

/** The bodies of a model; of one that nobody here knows, those that most servers of open models speak. */
export function bodyOf(model: string | undefined): Method {
  return BODIES.find(([pattern]) => pattern.test(model ?? ''))?.[1] ?? chat
}
