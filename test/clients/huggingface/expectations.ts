import { type Expectations, failing, refused } from '../expectations.ts'
import { expectations as openai } from '../openai/expectations.ts'

const aborted = failing('cancelled')
const unasked = { spans: 0 }
const limited = failing('rate_limit', 429)

/** As for openai's client, but for what is this client's own. */
export const expectations: Expectations = {
  ...openai,
  plain: {
    attributes: {
      ...openai['plain']?.attributes,
      'gen_ai.provider.name': 'huggingface',
      'llmscope.provider.request_id': 'req_ordinary:plain',
    },
  },
  'generated text': {
    usage: 'none',
    attributes: { 'gen_ai.request.max_tokens': 9, 'gen_ai.request.temperature': 0.5 },
  },
  'generated text, rejected': refused,
  features: { spans: 1, usage: 'none' },

  // what breaks off a stream of the client is always an exception to its reader
  'signal aborted in mid-stream': aborted,
  // a generator that is not asked makes no request
  'returned before the first read': unasked,
  'signal aborted before the call': unasked,
  'signal aborted while waiting for headers': unasked,
  'timeout of a stream': unasked,
  'bad request of a stream': unasked,
  'stream never iterated': unasked,
  'stream call never awaited': unasked,
  // only 503 is tried again
  'retries used up': limited,
  'two rate limits, then an answer': limited,
  'two rate limits, then a stream': limited,
  'one server error, then an answer': failing('server', 500),
  // the client hands on what the transport and the parser throw
  'fetch that throws': { ...failing('unknown'), spans: 1 },
  // the client reads the answer whether anybody waits for it or not
  'call never awaited': {},
}
