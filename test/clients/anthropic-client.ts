import { startAnthropicServer } from '../sdk/anthropic-server/server.ts'
import { type ClientInUse, useClient } from './client.ts'

/** What the tests use of the client: its own types are where it is installed, out of the compiler's sight. */
export interface Anthropic {
  readonly messages: Messages
  readonly beta: {
    readonly messages: Messages & {
      toolRunner(request: object): Runner
      /** Not in all versions. */
      thread(request: object): Thread
    }
  }
}

interface Messages {
  create(request: object, options?: object): Promise<Message & AsyncIterable<StreamEvent>>
  stream(request: object): MessageStream
  countTokens(request: object): Promise<{ readonly input_tokens: number }>
  readonly batches: {
    create(request: object): Promise<{ readonly id: string }>
    retrieve(id: string): Promise<object>
  }
}

export interface Message {
  readonly id: string
  readonly _request_id?: string | null
  readonly usage: WireUsage
}

/** Tokens as the API counts them. */
export interface WireUsage {
  readonly input_tokens: number
  readonly cache_read_input_tokens: number
  readonly cache_creation_input_tokens: number
  readonly output_tokens: number
}

export interface StreamEvent {
  readonly type: string
  readonly message?: Message
  readonly usage?: WireUsage
}

/** A conversation that the client keeps. */
interface Thread {
  send(message: object): Promise<Message>
  stream(message: object): MessageStream
}

interface MessageStream extends AsyncIterable<StreamEvent> {
  readonly controller: AbortController
  finalMessage(): Promise<Message>
}

interface Runner extends AsyncIterable<Message> {
  runUntilDone(): Promise<Message>
}

export interface AnthropicLibrary {
  readonly Anthropic: new (options: object) => Anthropic
}

export const INSTALLS = ['anthropic-0.133', 'anthropic-0.137', 'anthropic-1'] as const

/** An instrumented client of one version, in this process, and a scripted server that it talks to. */
export const useAnthropic = (version: string): ClientInUse<Anthropic> =>
  useClient(version, {
    startServer: startAnthropicServer,
    make: (require, baseURL, options) => {
      const { Anthropic: Client } = require('@anthropic-ai/sdk') as AnthropicLibrary
      return new Client({ apiKey: 'CANARY-API-KEY', baseURL, ...options })
    },
  })

export const request = (model: string, more: object = {}): object => ({
  model,
  max_tokens: 100,
  messages: [{ role: 'user', content: 'Hello' }],
  ...more,
})
