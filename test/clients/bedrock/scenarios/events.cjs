'use strict'
const { attempt, collect } = require('../../contract/observe.cjs')

const open = ({ create, streaming }, script) => create(script, streaming)
const iteratorOf = (stream) => stream[Symbol.asyncIterator]()

/** Streams of events that are stepped through by hand. */
module.exports = {
  'answer that holds the stream': async ({ ConverseStream, client, request }) => {
    const answer = await client.send(new ConverseStream(request('ordinary')))
    const { stream, ...rest } = answer
    const seen = []
    for await (const event of stream) seen.push(event)
    return { rest, keys: Object.keys(answer), class: stream.constructor.name, seen }
  },

  'iterator by hand': async (context) => {
    const iterator = iteratorOf(await open(context, 'paced'))
    return {
      first: await iterator.next(),
      second: await iterator.next(),
      returned: await iterator.return('done'),
      after: await iterator.next(),
    }
  },

  'error thrown into the iterator': async (context) => {
    const iterator = iteratorOf(await open(context, 'paced'))
    const first = await iterator.next()
    const thrown = await attempt(() => iterator.throw(new RangeError('thrown in')), context)
    return { first, thrown, after: await iterator.next() }
  },

  'read twice': async (context) => {
    const stream = await open(context, 'ordinary')
    const first = await collect(stream, context)
    return { first, second: await collect(stream, context) }
  },
}
