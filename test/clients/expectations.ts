/** What the spans of one scenario must say, where it is not "one call that went well". */
export interface Expectation {
  /** How many spans there are; by default, one for each call that reached the server. */
  readonly spans?: number
  /** The category of the failure. The type must be the class of the error that the application saw. */
  readonly fails?: string
  readonly outcome?: 'cancelled' | 'abandoned'
  /** `none` where the answer is never parsed, so that nobody can know its tokens. */
  readonly usage?: 'none'
  readonly attributes?: Readonly<Record<string, unknown>>
}

/** By scenario. A scenario that is not there makes calls that go well. */
export type Expectations = Readonly<Record<string, Expectation>>

export const cancelled: Expectation = { outcome: 'cancelled' }
export const abandoned: Expectation = { outcome: 'abandoned', usage: 'none' }
export const refused: Expectation = {
  fails: 'invalid_request',
  attributes: { 'http.response.status_code': 400 },
}

export const failing = (fails: string, status?: number): Expectation => ({
  fails,
  ...(status !== undefined && { attributes: { 'http.response.status_code': status } }),
})

export const finish = (...reasons: string[]): Expectation => ({
  attributes: { 'gen_ai.response.finish_reasons': reasons },
})

const aborted: Expectation = { fails: 'cancelled' }

/** Of the scenarios that all clients play. */
export const sharedExpectations: Expectations = {
  'stream without events': { usage: 'none' },
  'stream that the provider drops': failing('connection'),
  'stream with an error event': failing('server'),
  'stream with malformed JSON': failing('unknown'),
  'early break': cancelled,
  'consumer throws': cancelled,
  'iterator by hand': cancelled,
  'error thrown into the iterator': cancelled,
  'returned before the first read': { ...cancelled, usage: 'none' },
  'tee of a dropped stream': { fails: 'connection' },
  'toReadableStream, cancelled': cancelled,
  'toReadableStream of a dropped stream': failing('connection'),
  'abort before the first read': { ...cancelled, usage: 'none' },
  'abort in mid-stream': cancelled,
  'abort while a read waits': cancelled,
  'signal aborted before the call': { ...aborted, spans: 1 },
  'signal aborted while waiting for headers': aborted,
  'signal aborted in mid-stream': cancelled,
  'signal aborted, not a stream': aborted,
  timeout: failing('timeout'),
  'timeout of a stream': failing('timeout'),
  'catch of a rejected call': refused,
  'withResponse of a rejected call': refused,
  asResponse: { usage: 'none' },
  'asResponse, body never read': { usage: 'none' },
  'asResponse of a stream': { usage: 'none' },
  'asResponse of a rejected call': refused,
  allSettled: { spans: 3 },
  'bad request': refused,
  unauthorized: failing('auth', 401),
  forbidden: failing('auth', 403),
  'not found': failing('invalid_request', 404),
  'context length': failing('context_length', 400),
  'blocked prompt': failing('content_filter', 400),
  'rate limit': failing('rate_limit', 429),
  quota: failing('quota', 429),
  'server error': failing('server', 500),
  overloaded: failing('overloaded', 503),
  'retries used up': {
    fails: 'rate_limit',
    attributes: { 'http.request.resend_count': 2, 'http.response.status_code': 429 },
  },
  'two rate limits, then an answer': { attributes: { 'http.request.resend_count': 2 } },
  'one server error, then an answer': { attributes: { 'http.request.resend_count': 1 } },
  'two rate limits, then a stream': { attributes: { 'http.request.resend_count': 2 } },
  'bad request of a stream': refused,
  'bad request of a stream, iterated later': refused,
  'connection refused': { ...failing('connection'), spans: 1 },
  'unknown host': { ...failing('connection'), spans: 1 },
  'fetch that throws': { ...failing('connection'), spans: 1 },
  'answer that is not JSON': { spans: 1, usage: 'none' },
  'answer with broken JSON': { ...failing('unknown'), spans: 1 },
  'answer of an odd shape': { spans: 1, usage: 'none' },
  'generator around a stream': cancelled,
  'stream never iterated': abandoned,
  'stream left in the middle': { outcome: 'abandoned' },
  'call never awaited': abandoned,
  'stream call never awaited': abandoned,
  'rejected call never awaited': refused,
  'rejected stream never awaited': refused,
  'rejected in one branch only': refused,
}
