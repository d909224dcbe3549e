'use strict'
const { setTimeout: wait } = require('node:timers/promises')
const { attempt, collect, describeError, describeStream } = require('../observe.cjs')

const open = ({ client, chat }, script, more) =>
  client.chat.completions.create(chat(script, { stream: true, ...more }))
const withUsage = { stream_options: { include_usage: true } }
const tools = [{ type: 'function', function: { name: 'weather', parameters: {} } }]

const read =
  (script, more = withUsage) =>
  async (context) =>
    collect(await open(context, script, more), context)

/** Chat completions that are streamed, as the application reads them. */
module.exports = {
  'stream with usage': read('ordinary'),
  'stream without usage': read('ordinary', {}),
  'stream of two choices': read('ordinary', { n: 2, ...withUsage }),
  'stream of tool calls': read('tools', { tools, ...withUsage }),
  'stream of a refusal': read('refusal'),
  'stream cut by a content filter': read('content-filter'),
  'stream with CRLF line ends': read('crlf'),
  'stream split inside characters': read('split'),
  'stream without events': read('empty'),
  'stream that the provider drops': read('drop'),
  'stream with an error event': read('error-event'),
  'stream with malformed JSON': read('malformed'),

  'stream with a 1 MB chunk': async (context) => {
    const { chunks } = await collect(await open(context, 'large', withUsage), context)
    return chunks.map(({ choices }) => choices[0]?.delta?.content?.length)
  },

  'stream shape': async (context) => {
    const stream = await open(context, 'ordinary')
    const before = describeStream(stream, context)
    const { chunks } = await collect(stream, context)
    return { before, chunks: chunks.length, after: describeStream(stream, context) }
  },

  'slow first chunk': async (context) => {
    const { chunks } = await collect(await open(context, 'slow', withUsage), context)
    return chunks.length
  },

  'chunks arrive as they are sent': async (context) => {
    const stream = await open(context, 'paced', withUsage)
    const arrivals = []
    for await (const _ of stream) arrivals.push(performance.now())
    return { chunks: arrivals.length, spread: arrivals.at(-1) - arrivals[0] > 300 }
  },

  'early break': async (context) => {
    const stream = await open(context, 'paced', withUsage)
    const seen = []
    for await (const chunk of stream) {
      seen.push(chunk)
      if (seen.length === 3) break
    }
    return { seen, aborted: stream.controller.signal.aborted }
  },

  'consumer throws': async (context) => {
    const stream = await open(context, 'paced', withUsage)
    const outcome = await attempt(async () => {
      for await (const _ of stream) throw new RangeError('the consumer gave up')
    }, context)
    return { outcome, aborted: stream.controller.signal.aborted }
  },

  'iterator by hand': async (context) => {
    const stream = await open(context, 'paced', withUsage)
    const iterator = stream[Symbol.asyncIterator]()
    return {
      methods: ['next', 'return', 'throw'].map((name) => typeof iterator[name]),
      isItsOwnIterable: iterator[Symbol.asyncIterator]?.() === iterator,
      tag: Object.prototype.toString.call(iterator),
      first: await iterator.next(),
      second: await iterator.next(),
      returned: await iterator.return('done'),
      after: await iterator.next(),
      aborted: stream.controller.signal.aborted,
    }
  },

  'error thrown into the iterator': async (context) => {
    const stream = await open(context, 'paced', withUsage)
    const iterator = stream[Symbol.asyncIterator]()
    const first = await iterator.next()
    const thrown = await attempt(() => iterator.throw(new RangeError('thrown in')), context)
    return { first, thrown, after: await iterator.next() }
  },

  'returned before the first read': async (context) => {
    const stream = await open(context, 'stall', withUsage)
    const iterator = stream[Symbol.asyncIterator]()
    const returned = await iterator.return('unread')
    stream.controller.abort()
    return { returned, after: await iterator.next() }
  },

  'reads that overlap': async (context) => {
    const iterator = (await open(context, 'ordinary', withUsage))[Symbol.asyncIterator]()
    return Promise.all(Array.from({ length: 10 }, () => iterator.next()))
  },

  'slow consumer': async (context) => {
    const seen = []
    for await (const chunk of await open(context, 'ordinary', withUsage)) {
      seen.push(chunk)
      await wait(2)
    }
    return seen
  },

  'read twice': async (context) => {
    const stream = await open(context, 'ordinary', withUsage)
    const first = await collect(stream, context)
    return { first, second: await collect(stream, context) }
  },

  'chunks belong to the application': async (context) => {
    const seen = []
    for await (const chunk of await open(context, 'ordinary', withUsage)) {
      const own = structuredClone(chunk)
      for (const key of Object.keys(chunk)) delete chunk[key]
      seen.push(own)
    }
    return seen
  },

  tee: async (context) => {
    const stream = await open(context, 'ordinary', withUsage)
    const [left, right] = stream.tee()
    const shapes = [left, right].map((branch) => describeStream(branch, context))
    const sharesController = left.controller === stream.controller
    const both = await Promise.all([collect(left, context), collect(right, context)])
    return { shapes, sharesController, both }
  },

  'tee, one branch only': async (context) => {
    const [left] = (await open(context, 'ordinary', withUsage)).tee()
    return collect(left, context)
  },

  'tee, one branch breaks': async (context) => {
    const [left, right] = (await open(context, 'ordinary', withUsage)).tee()
    for await (const _ of left) break
    return collect(right, context)
  },

  'tee of a dropped stream': async (context) => {
    const branches = (await open(context, 'drop', withUsage)).tee()
    return Promise.all(branches.map((branch) => collect(branch, context)))
  },

  toReadableStream: async (context) => {
    const stream = await open(context, 'ordinary', withUsage)
    const readable = stream.toReadableStream()
    const copy = context.Stream.fromReadableStream(readable, new AbortController())
    return { class: readable.constructor.name, ...(await collect(copy, context)) }
  },

  'toReadableStream, cancelled': async (context) => {
    const stream = await open(context, 'paced', withUsage)
    const reader = stream.toReadableStream().getReader()
    const { value } = await reader.read()
    await reader.cancel('enough')
    return { first: Buffer.from(value).toString(), aborted: stream.controller.signal.aborted }
  },

  'toReadableStream of a dropped stream': async (context) => {
    const reader = (await open(context, 'drop', withUsage)).toReadableStream().getReader()
    let reads = 0
    try {
      while (!(await reader.read()).done) reads++
    } catch (error) {
      return { reads, error: describeError(error, context) }
    }
    return { reads }
  },
}
