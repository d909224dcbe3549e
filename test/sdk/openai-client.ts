import { instrument } from '@llmscope/sdk'
import OpenAI, { type ClientOptions } from 'openai'
import { afterAll, beforeAll } from 'vitest'
import { startOpenAIServer } from './openai-server/server.ts'
import type { ScriptedServer } from './scripted-server/server.ts'

/** An instrumented client that does not retry. */
export function openai(options: ClientOptions): OpenAI {
  return instrument(new OpenAI({ apiKey: 'key', maxRetries: 0, ...options }))
}

/** A client whose every request is answered like this, without a server. */
export function answering(answer: () => Response | Promise<Response>): OpenAI {
  return openai({ baseURL: 'http://127.0.0.1/v1', fetch: async () => answer() })
}

export function json(body: unknown, status = 200): Response {
  return Response.json(body, { status })
}

/** A stream of server-sent events, each a chunk. */
export function events(chunks: readonly object[]): Response {
  const lines = [...chunks.map((chunk) => JSON.stringify(chunk)), '[DONE]']
  const body = lines.map((line) => `data: ${line}\n\n`).join('')
  return new Response(body, { headers: { 'content-type': 'text/event-stream' } })
}

/** What a span says of the headers that the scripted server sends with every answer. */
export function headerAttributes(model: string): object {
  return {
    'llmscope.provider.request_id': `req_${model}`,
    'llmscope.rate_limit.requests.limit': 10_000,
    'llmscope.rate_limit.requests.remaining': 9999,
    'llmscope.rate_limit.requests.reset': 0.006,
    'llmscope.rate_limit.tokens.limit': 30_000_000,
    'llmscope.rate_limit.tokens.remaining': 29_999_971,
    'llmscope.rate_limit.tokens.reset': 0,
  }
}

/** Reads a stream to its end. */
export async function read<Chunk>(stream: AsyncIterable<Chunk>): Promise<Chunk[]> {
  return Array.fromAsync(stream)
}

/** A scripted server for the tests of a file, and a client that talks to it. */
export function useServer(): { readonly server: ScriptedServer; readonly client: OpenAI } {
  let server: ScriptedServer
  let client: OpenAI
  beforeAll(async () => {
    server = await startOpenAIServer()
    client = openai({ baseURL: server.baseURL })
  })
  afterAll(() => server.close())
  return {
    get server() {
      return server
    },
    get client() {
      return client
    },
  }
}
