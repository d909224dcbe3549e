'use strict'
const { AsyncLocalStorage } = require('node:async_hooks')
const { setTimeout: wait } = require('node:timers/promises')
const { context: active, trace } = require('@opentelemetry/api')

const storage = new AsyncLocalStorage()
const tracer = trace.getTracer('application')
const ourSpanIsActive = () =>
  trace.getActiveSpan()?.attributes?.['gen_ai.operation.name'] !== undefined

/** A span of the application's own around an asynchronous function. */
function within(name, run) {
  return tracer.startActiveSpan(name, async (span) => {
    try {
      return await run()
    } finally {
      span.end()
    }
  })
}

/** The application's own asynchronous context, and the parents of spans. */
module.exports = {
  'parents of concurrent calls': ({ create }) =>
    Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        within(`parent of ${index}`, async () => {
          await wait(index % 3)
          const { id } = await create('ordinary', {}, {}, index)
          return id
        }),
      ),
    ),

  'parents of concurrent streams': ({ create, streaming }) =>
    Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        within(`stream parent of ${index}`, async () => {
          let chunks = 0
          for await (const chunk of await create('ordinary', streaming, {}, index)) {
            await within(`inside stream ${index}`, () => wait(1))
            chunks += chunk === undefined ? 0 : 1
          }
          return chunks
        }),
      ),
    ),

  'context of the application': ({ create, streaming }) =>
    storage.run('outer', async () => {
      const seen = []
      const look = (where) => seen.push([where, storage.getStore(), ourSpanIsActive()])
      const promise = create('ordinary', streaming)
      look('called')
      const stream = await storage.run('awaiting', () => promise)
      look('awaited')
      for await (const _ of stream) {
        look('reading')
        await wait(1)
        look('reading on')
      }
      look('read')
      await promise.then(() => look('then'))
      return seen
    }),

  'context inside the transport': async (context) => {
    const { at } = context
    let store
    const spying = (url, init) => {
      store = storage.getStore()
      const span = tracer.startSpan('transport', {}, active.active())
      return fetch(url, init).finally(() => span.end())
    }
    const { id } = await storage.run('mine', () => at({ fetch: spying }, 'ordinary'))
    return { id, store }
  },

  'generator around a stream': async ({ create, streaming, textOf }) => {
    async function* words() {
      for await (const chunk of await create('paced', streaming)) yield textOf(chunk)
    }
    const seen = []
    for await (const word of words()) {
      seen.push(word)
      if (seen.length === 4) break
    }
    return seen
  },
}
