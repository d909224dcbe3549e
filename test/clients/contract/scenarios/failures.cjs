'use strict'
const { attempt, collect, unhandledRejection } = require('../observe.cjs')

const failing = (script, options) => (context) =>
  attempt(() => context.create(script, {}, options), context)
const once = { maxRetries: 0 }
const stream = ({ create, streaming }, script) => create(script, streaming)

/** A call over a transport of the application's own. */
const through = (fetch) => (context) =>
  attempt(() => context.at({ fetch }, 'ordinary', {}, once), context)

/** Calls that the provider refuses, or that never reach it. */
module.exports = {
  'bad request': failing('bad-request'),
  unauthorized: failing('unauthorized'),
  forbidden: failing('forbidden'),
  'not found': failing('not-found'),
  'context length': failing('context-length'),
  'blocked prompt': failing('blocked-prompt'),
  'rate limit': failing('rate-limit', once),
  quota: failing('quota', once),
  'server error': failing('server-error', once),
  overloaded: failing('overloaded', once),
  'retries used up': failing('rate-limit'),
  'two rate limits, then an answer': failing('rate-limit-twice'),
  'one server error, then an answer': failing('server-error-once'),

  'two rate limits, then a stream': async (context) =>
    collect(await stream(context, 'rate-limit-twice'), context),

  'bad request of a stream': (context) => attempt(() => stream(context, 'bad-request'), context),

  'bad request of a stream, iterated later': async (context) => {
    const promise = stream(context, 'bad-request')
    await unhandledRejection()
    return attempt(async () => {
      for await (const _ of await promise) throw new Error('there is no stream')
    }, context)
  },

  'connection refused': (context) =>
    attempt(() => context.at({ baseURL: 'http://127.0.0.1:1' }, 'ordinary', {}, once), context),

  'unknown host': (context) =>
    attempt(() => context.at({ baseURL: 'http://nowhere.invalid' }, 'ordinary', {}, once), context),

  'fetch that throws': through(async () => {
    throw new RangeError('CANARY-ERROR-TEXT')
  }),

  'answer that is not JSON': through(
    async () =>
      new Response('<html>CANARY-ANSWER</html>', { headers: { 'content-type': 'text/html' } }),
  ),

  'answer with broken JSON': through(
    async () => new Response('{"id":', { headers: { 'content-type': 'application/json' } }),
  ),

  'answer of an odd shape': through(async () =>
    Response.json({
      id: 7,
      choices: { 0: null },
      content: { 0: null },
      candidates: { 0: null },
      usage: { prompt_tokens: 'many', input_tokens: 'many' },
      usageMetadata: { promptTokenCount: 'many' },
      model: null,
    }),
  ),
}
