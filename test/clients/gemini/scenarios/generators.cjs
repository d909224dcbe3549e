'use strict'
const { attempt, collect } = require('../../contract/observe.cjs')

const open = ({ create, streaming }, script) => create(script, streaming)
const METHODS = ['next', 'return', 'throw']

/** Streams that are stepped through by hand: the client gives back generators. */
module.exports = {
  'stream shape': async (context) => {
    const stream = await open(context, 'ordinary')
    const shape = {
      class: stream.constructor.name,
      tag: Object.prototype.toString.call(stream),
      keys: Object.keys(stream),
      methods: METHODS.map((name) => `${typeof stream[name]} ${stream[name].name}`),
      isItsOwnIterator: stream[Symbol.asyncIterator]() === stream,
    }
    return { shape, chunks: (await collect(stream, context)).chunks.length }
  },

  'iterator by hand': async (context) => {
    const stream = await open(context, 'paced')
    return {
      first: await stream.next(),
      second: await stream.next(),
      returned: await stream.return('done'),
      after: await stream.next(),
    }
  },

  'error thrown into the iterator': async (context) => {
    const stream = await open(context, 'paced')
    const first = await stream.next()
    const thrown = await attempt(() => stream.throw(new RangeError('thrown in')), context)
    return { first, thrown, after: await stream.next() }
  },

  'returned before the first read': async (context) => {
    const stream = await open(context, 'ordinary')
    return { returned: await stream.return('unread'), after: await stream.next() }
  },

  'reads that overlap': async (context) => {
    const stream = await open(context, 'ordinary')
    return Promise.all(Array.from({ length: 10 }, () => stream.next()))
  },

  'read twice': async (context) => {
    const stream = await open(context, 'ordinary')
    const first = await collect(stream, context)
    return { first, second: await collect(stream, context) }
  },
}
