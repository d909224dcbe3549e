'use strict'
const { setTimeout: wait } = require('node:timers/promises')
const { attempt, collect } = require('../observe.cjs')

const open = ({ create, streaming }, script, more) => create(script, { ...streaming, ...more })
const read = (script) => async (context) => collect(await open(context, script), context)

/** Answers that are streamed, as the application reads them. */
module.exports = {
  'stream with usage': read('ordinary'),
  'stream of tool calls': async (context) =>
    collect(await open(context, 'tools', { tools: context.tools }), context),
  'stream of a refusal': read('refusal'),
  'stream cut by a content filter': read('content-filter'),
  'stream with CRLF line ends': read('crlf'),
  'stream split inside characters': read('split'),
  'stream without events': read('empty'),
  'stream that the provider drops': read('drop'),
  'stream with an error event': read('error-event'),
  'stream with malformed JSON': read('malformed'),
  'stream with a 1 MB chunk': async (context) => {
    const { chunks } = await collect(await open(context, 'large'), context)
    return chunks.map((chunk) => context.textOf(chunk)?.length)
  },
  'slow first chunk': async (context) => {
    const { chunks } = await collect(await open(context, 'slow'), context)
    return chunks.length
  },
  'chunks arrive as they are sent': async (context) => {
    const stream = await open(context, 'paced')
    const arrivals = []
    for await (const _ of stream) arrivals.push(performance.now())
    return { chunks: arrivals.length, spread: arrivals.at(-1) - arrivals[0] > 300 }
  },
  'early break': async (context) => {
    const stream = await open(context, 'paced')
    const seen = []
    for await (const chunk of stream) {
      seen.push(chunk)
      if (seen.length === 3) break
    }
    return { seen, aborted: stream.controller?.signal.aborted }
  },
  'consumer throws': async (context) => {
    const stream = await open(context, 'paced')
    const outcome = await attempt(async () => {
      for await (const _ of stream) throw new RangeError('the consumer gave up')
    }, context)
    return { outcome, aborted: stream.controller?.signal.aborted }
  },
  'slow consumer': async (context) => {
    const seen = []
    for await (const chunk of await open(context, 'ordinary')) {
      seen.push(chunk)
      await wait(2)
    }
    return seen
  },
  'chunks belong to the application': async (context) => {
    const seen = []
    for await (const chunk of await open(context, 'ordinary')) {
      const own = structuredClone(chunk)
      for (const key of Object.keys(chunk)) delete chunk[key]
      seen.push(own)
    }
    return seen
  },
}
