import { instrument } from '@llmscope/sdk'
import * as fc from 'fast-check'
import type { Arbitrary } from 'fast-check'
import OpenAI from 'openai'
import { dialect } from '../../sdk/openai-server/server.ts'
import { type Connection, count, startTelling, type Told, type UsageApi } from './api.ts'

const messages = [{ role: 'user' as const, content: 'Hello' }]
const options = { stream: true, stream_options: { include_usage: true } } as const

/** What is asked through the client, whole and streamed. */
interface Asking {
  readonly whole: (client: OpenAI, model: string) => Promise<object>
  readonly streamed?: (client: OpenAI, model: string) => Promise<AsyncIterable<object>>
}

const connect =
  ({ whole, streamed }: Asking): UsageApi['connect'] =>
  async (usage): Promise<Connection> => {
    const server = await startTelling(dialect, 'usage', usage)
    const client = instrument(new OpenAI({ apiKey: 'key', baseURL: server.baseURL }))
    return {
      server,
      ask: (model) => whole(client, model),
      stream: (model) => streamed?.(client, model) ?? Promise.reject(new Error('not streamed')),
    }
  }

const tokens = fc.nat({ max: 2_000_000 })
const partOf = (whole: number): Arbitrary<number | undefined> =>
  fc.option(fc.nat({ max: whole }), { nil: undefined })

/** Parts of a number that do not overlap, each of which may be left out. */
const partsOf = (whole: number): Arbitrary<readonly (number | undefined)[]> =>
  fc
    .tuple(partOf(whole), partOf(whole))
    .map(([one, other]) => [one, other && Math.min(other, whole - (one ?? 0))])

const usage = (input: string, output: string): Arbitrary<Told> =>
  fc.tuple(tokens, tokens).chain(([sent, made]) =>
    fc.record({
      [input]: fc.constant(sent),
      [output]: fc.constant(made),
      total_tokens: fc.constant(sent + made),
      [`${input}_details`]: fc.option(
        partsOf(sent).map(([cached_tokens, audio_tokens]) => ({ cached_tokens, audio_tokens })),
      ),
      [`${output}_details`]: fc.option(
        partsOf(made).map(([reasoning_tokens, audio_tokens]) => ({
          reasoning_tokens,
          audio_tokens,
        })),
      ),
    }),
  )

/** Of servers that count what was thought in the total alone, as xAI does. */
const thoughtApart: Arbitrary<Told> = fc
  .tuple(tokens, tokens, tokens)
  .map(([sent, said, thought]) => ({
    prompt_tokens: sent,
    completion_tokens: said,
    total_tokens: sent + said + thought,
    completion_tokens_details: { reasoning_tokens: thought },
  }))

const total = (told: Told): number => count(told, 'total_tokens')
// told once, when all is said
const soFar = (told: Told): Told => told
const shared = { key: 'usage', total } as const
const prompted = usage('prompt_tokens', 'completion_tokens')

export const openai: readonly UsageApi[] = [
  {
    ...shared,
    name: 'openai chat completions',
    usage: prompted,
    soFar,
    connect: connect({
      whole: (client, model) => client.chat.completions.create({ model, messages }),
      streamed: (client, model) => client.chat.completions.create({ model, messages, ...options }),
    }),
  },
  {
    ...shared,
    name: 'openai chat completions, reasoning apart',
    usage: thoughtApart,
    soFar,
    connect: connect({
      whole: (client, model) => client.chat.completions.create({ model, messages }),
      streamed: (client, model) => client.chat.completions.create({ model, messages, ...options }),
    }),
  },
  {
    ...shared,
    name: 'openai responses',
    usage: usage('input_tokens', 'output_tokens'),
    soFar,
    connect: connect({
      whole: (client, model) => client.responses.create({ model, input: 'Hello' }),
      streamed: (client, model) => client.responses.create({ model, input: 'Hello', stream: true }),
    }),
  },
  {
    ...shared,
    name: 'openai completions',
    usage: prompted,
    soFar,
    connect: connect({
      whole: (client, model) => client.completions.create({ model, prompt: 'Hello' }),
      streamed: (client, model) =>
        client.completions.create({ model, prompt: 'Hello', ...options }),
    }),
  },
  {
    ...shared,
    name: 'openai embeddings',
    usage: tokens.map((sent) => ({ prompt_tokens: sent, total_tokens: sent })),
    connect: connect({
      whole: (client, model) => client.embeddings.create({ model, input: 'Hello' }),
    }),
  },
]
