'use strict'
const { setTimeout: wait } = require('node:timers/promises')
const { unhandledRejection } = require('../observe.cjs')

const open = ({ create, streaming }, script) => create(script, streaming)

/** Lets go of everything that nothing refers to any more. */
async function collectGarbage() {
  for (let round = 0; round < 3; round++) {
    await wait(10)
    globalThis.gc()
  }
}

/** Calls and streams that the application forgets. */
module.exports = {
  'stream never iterated': async (context) => {
    await (async () => void (await open(context, 'ordinary')))()
    await collectGarbage()
  },

  'stream left in the middle': async (context) => {
    const first = await (async () => {
      const stream = await open(context, 'ordinary')
      return stream[Symbol.asyncIterator]().next()
    })()
    await collectGarbage()
    return first
  },

  'call never awaited': async ({ create }) => {
    void create('ordinary')
    await wait(200)
    await collectGarbage()
  },

  'stream call never awaited': async (context) => {
    void open(context, 'ordinary')
    await wait(200)
    await collectGarbage()
  },

  'rejected call never awaited': async ({ create }) => {
    void create('bad-request')
    await unhandledRejection()
    await collectGarbage()
  },

  'rejected stream never awaited': async (context) => {
    void open(context, 'bad-request')
    await unhandledRejection()
    await collectGarbage()
  },

  'rejected in one branch only': async ({ create }) => {
    const promise = create('bad-request')
    const handled = await promise.catch((error) => error.status)
    void promise.then(() => {})
    await unhandledRejection()
    return handled
  },
}
