'use strict'
const { setTimeout: wait } = require('node:timers/promises')
const { attempt, collect } = require('../../observe.cjs')

const open = ({ create, streaming }, script) => create(script, streaming)

/** Streams that the application gives up by the controller that they carry. */
module.exports = {
  'abort before the first read': async (context) => {
    const stream = await open(context, 'paced')
    stream.controller.abort()
    // Version 4 never notices an abort that came before the first read.
    return Promise.race([collect(stream, context), wait(1_000, 'never ends')])
  },
  'abort in mid-stream': async (context) => {
    const stream = await open(context, 'stall')
    const seen = []
    const outcome = await attempt(async () => {
      for await (const chunk of stream) {
        seen.push(chunk)
        if (seen.length === 3) stream.controller.abort()
      }
    }, context)
    return { seen, outcome }
  },
  'abort while a read waits': async (context) => {
    const stream = await open(context, 'stall')
    setTimeout(() => stream.controller.abort(), 100)
    return collect(stream, context)
  },
}
