'use strict'
const { setTimeout: wait } = require('node:timers/promises')
const { unhandledRejection } = require('../observe.cjs')

const create = ({ client, chat }, script, more = {}) =>
  client.chat.completions.create(chat(script, more))
const usage = { stream_options: { include_usage: true } }

/** Lets go of everything that nothing refers to any more. */
async function collectGarbage() {
  for (let round = 0; round < 5; round++) {
    await wait(10)
    globalThis.gc()
  }
}

/** Calls and streams that the application forgets. */
module.exports = {
  'stream never iterated': async (context) => {
    await (async () => void (await create(context, 'ordinary', { stream: true, ...usage })))()
    await collectGarbage()
  },

  'stream left in the middle': async (context) => {
    const first = await (async () => {
      const stream = await create(context, 'ordinary', { stream: true, ...usage })
      return stream[Symbol.asyncIterator]().next()
    })()
    await collectGarbage()
    return first
  },

  'call never awaited': async (context) => {
    void create(context, 'ordinary')
    await wait(200)
    await collectGarbage()
  },

  'stream call never awaited': async (context) => {
    void create(context, 'ordinary', { stream: true, ...usage })
    await wait(200)
    await collectGarbage()
  },

  'rejected call never awaited': async (context) => {
    void create(context, 'bad-request')
    await unhandledRejection()
    await collectGarbage()
  },

  'rejected stream never awaited': async (context) => {
    void create(context, 'bad-request', { stream: true })
    await unhandledRejection()
    await collectGarbage()
  },

  'rejected in one branch only': async (context) => {
    const promise = create(context, 'bad-request')
    const handled = await promise.catch((error) => error.status)
    void promise.then(() => {})
    await unhandledRejection()
    return handled
  },
}
