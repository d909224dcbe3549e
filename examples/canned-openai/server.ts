import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { json } from 'node:stream/consumers'
import type { AddressInfo } from 'node:net'
import { ApiError, rateLimited, serverError } from './api-error.ts'
import { type Bill, Ledger, PromptCache } from './billing.ts'
import { chat } from './chat.ts'
import { embeddings } from './embeddings.ts'
import { type Backend, type Endpoint, Exchange } from './exchange.ts'
import { models } from './models.ts'
import { Pace } from './pace.ts'
import { Quota } from './quota.ts'
import { seededRandom } from './random.ts'

/** Seed 12 meets both kinds of failure within five requests. */
export const defaults = { port: 0, speed: 1, faultRate: 0.1, seed: 12 } as const

export interface CannedOpenAiOptions {
  /** Port on 127.0.0.1; 0, the default, takes a free one. */
  port?: number
  /** 1, the default, has the timing of a hosted model; 100 is a hundred times faster. */
  speed?: number
  /** Share of the requests that fail with a 429 or a 500, from 0 to 1; 0.1 by default. */
  faultRate?: number
  /** The same seed gives the same faults and the same pace. */
  seed?: number
}

export interface CannedOpenAi {
  /** What `OPENAI_BASE_URL` should be. */
  readonly url: string
  /** What was billed so far, by requested model. */
  readonly billed: Readonly<Record<string, Readonly<Bill>>>
  close(): Promise<void>
}

const endpoints: Readonly<Record<string, Endpoint>> = {
  'POST /v1/chat/completions': chat,
  'POST /v1/embeddings': embeddings,
  'GET /v1/models': models,
}

/** Starts a local server that speaks the OpenAI API with canned answers. Rejects when the port is taken or an option is out of range. */
export async function startCannedOpenAi(options: CannedOpenAiOptions = {}): Promise<CannedOpenAi> {
  const { port, speed, faultRate, seed } = { ...defaults, ...options }
  if (!(speed > 0)) throw new RangeError(`speed must be above 0, not ${speed}`)
  if (!(faultRate >= 0 && faultRate <= 1)) {
    throw new RangeError(`faultRate must be from 0 to 1, not ${faultRate}`)
  }
  if (!Number.isInteger(seed)) throw new RangeError(`seed must be a whole number, not ${seed}`)
  const quota = new Quota()
  const ledger = new Ledger(quota)
  const pace = new Pace(seededRandom(seed), speed)
  const backend = { pace, ledger, cache: new PromptCache(), quota }
  const fault = faults(faultRate, seededRandom(seed), pace)
  const server = createServer((request, response) => void handle(request, response, backend, fault))
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, '127.0.0.1', resolve)
  })
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    billed: ledger.billed,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()))
        server.closeAllConnections()
      }),
  }
}

type Fault = () => ApiError | undefined

async function handle(
  request: IncomingMessage,
  response: ServerResponse,
  backend: Backend,
  fault: Fault,
): Promise<void> {
  const exchange = new Exchange(response, backend.quota)
  try {
    const body = request.method === 'POST' ? await readBody(request) : undefined
    const failure = fault()
    if (failure) throw failure
    await findEndpoint(request)(body, exchange, backend)
  } catch (error) {
    // A client that left gets no answer, and is not billed.
    if (!exchange.signal.aborted) exchange.fail(error)
  }
}

function findEndpoint({ method = '', url = '' }: IncomingMessage): Endpoint {
  const [path = ''] = url.split('?')
  const endpoint = endpoints[`${method} ${path}`]
  if (!endpoint) throw new ApiError(404, `Invalid URL (${method} ${path})`)
  return endpoint
}

async function readBody(request: IncomingMessage): Promise<unknown> {
  const body: unknown = await json(request).catch(() => undefined)
  if (typeof body === 'object' && body !== null) return body
  throw new ApiError(400, 'We could not parse the JSON body of your request.')
}

/** Fails a share of the requests, in turn with a 429 and a 500. */
function faults(rate: number, random: () => number, pace: Pace): Fault {
  let count = 0
  return () => {
    if (random() >= rate) return undefined
    count += 1
    return count % 2 === 1 ? rateLimited(pace.retryAfter()) : serverError()
  }
}
