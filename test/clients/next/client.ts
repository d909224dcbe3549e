import { instrument, start } from '@llmscope/sdk'
import OpenAI from 'openai'

/** A client that is loaded from `node_modules` is seen; one that is part of the build is handed over. */
export function openClient(): OpenAI {
  const client = new OpenAI({ apiKey: 'x' })
  if (process.env['NEXT_RUNTIME'] === 'edge') {
    // what is built for the Edge runtime has a copy of the SDK in each of its parts
    start({ captureContent: 'span_only' })
    return instrument(client)
  }
  return process.env['BUNDLED'] === 'true' ? instrument(client) : client
}

/** What a route is asked for: the model to call. */
export async function questionIn(
  request: Request,
): Promise<Pick<OpenAI.ChatCompletionCreateParams, 'model' | 'messages'>> {
  return { model: await request.text(), messages: [{ role: 'user', content: 'Hello' }] }
}
