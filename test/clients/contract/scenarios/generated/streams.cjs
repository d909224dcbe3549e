'use strict'
const { collect, attempt, describeError, describeStream } = require('../../observe.cjs')

const open = ({ create, streaming }, script) => create(script, streaming)

/** The stream class of these clients, in every way that it can be used. */
module.exports = {
  'stream shape': async (context) => {
    const stream = await open(context, 'ordinary')
    const before = describeStream(stream, context)
    const { chunks } = await collect(stream, context)
    return { before, chunks: chunks.length, after: describeStream(stream, context) }
  },
  'iterator by hand': async (context) => {
    const stream = await open(context, 'paced')
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
    const stream = await open(context, 'paced')
    const iterator = stream[Symbol.asyncIterator]()
    const first = await iterator.next()
    const thrown = await attempt(() => iterator.throw(new RangeError('thrown in')), context)
    return { first, thrown, after: await iterator.next() }
  },
  'returned before the first read': async (context) => {
    const stream = await open(context, 'stall')
    const iterator = stream[Symbol.asyncIterator]()
    const returned = await iterator.return('unread')
    stream.controller.abort()
    return { returned, after: await iterator.next() }
  },
  'reads that overlap': async (context) => {
    const iterator = (await open(context, 'ordinary'))[Symbol.asyncIterator]()
    return Promise.all(Array.from({ length: 10 }, () => iterator.next()))
  },
  'read twice': async (context) => {
    const stream = await open(context, 'ordinary')
    const first = await collect(stream, context)
    return { first, second: await collect(stream, context) }
  },
  tee: async (context) => {
    const stream = await open(context, 'ordinary')
    const [left, right] = stream.tee()
    const shapes = [left, right].map((branch) => describeStream(branch, context))
    const sharesController = left.controller === stream.controller
    const both = await Promise.all([collect(left, context), collect(right, context)])
    return { shapes, sharesController, both }
  },
  'tee, one branch only': async (context) => {
    const [left] = (await open(context, 'ordinary')).tee()
    return collect(left, context)
  },
  'tee, one branch breaks': async (context) => {
    const [left, right] = (await open(context, 'ordinary')).tee()
    for await (const _ of left) break
    return collect(right, context)
  },
  'tee of a dropped stream': async (context) => {
    const branches = (await open(context, 'drop')).tee()
    return Promise.all(branches.map((branch) => collect(branch, context)))
  },
  toReadableStream: async (context) => {
    const stream = await open(context, 'ordinary')
    const readable = stream.toReadableStream()
    const copy = context.Stream.fromReadableStream(readable, new AbortController())
    return { class: readable.constructor.name, ...(await collect(copy, context)) }
  },
  'toReadableStream, cancelled': async (context) => {
    const stream = await open(context, 'paced')
    const reader = stream.toReadableStream().getReader()
    const { value } = await reader.read()
    await reader.cancel('enough')
    return { first: Buffer.from(value).toString(), aborted: stream.controller.signal.aborted }
  },
  'toReadableStream of a dropped stream': async (context) => {
    const reader = (await open(context, 'drop')).toReadableStream().getReader()
    let reads = 0
    try {
      while (!(await reader.read()).done) reads++
    } catch (error) {
      return { reads, error: describeError(error, context) }
    }
    return { reads }
  },
}
