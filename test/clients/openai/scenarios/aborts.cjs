'use strict'
const { setTimeout: wait } = require('node:timers/promises')
const { attempt, collect } = require('../observe.cjs')

const open = ({ client, chat }, script, options) =>
  client.chat.completions.create(chat(script, { stream: true }), options)

/** Calls that the application gives up, or that run out of time. */
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

  'signal aborted before the call': (context) =>
    attempt(() => open(context, 'ordinary', { signal: AbortSignal.abort() }), context),

  'signal aborted while waiting for headers': (context) => {
    const controller = new AbortController()
    setTimeout(() => controller.abort(), 100)
    return attempt(() => open(context, 'silent', { signal: controller.signal }), context)
  },

  'signal aborted in mid-stream': async (context) => {
    const controller = new AbortController()
    const stream = await open(context, 'stall', { signal: controller.signal })
    const seen = []
    const outcome = await attempt(async () => {
      for await (const chunk of stream) {
        seen.push(chunk)
        if (seen.length === 3) controller.abort()
      }
    }, context)
    return { seen, outcome, streamAborted: stream.controller.signal.aborted }
  },

  'signal aborted, not a stream': async (context) => {
    const { client, chat } = context
    const controller = new AbortController()
    setTimeout(() => controller.abort(), 100)
    return attempt(
      () => client.chat.completions.create(chat('silent'), { signal: controller.signal }),
      context,
    )
  },

  'signal aborted after the end': async (context) => {
    const controller = new AbortController()
    const result = await collect(
      await open(context, 'ordinary', { signal: controller.signal }),
      context,
    )
    controller.abort()
    await wait(5)
    return result
  },

  timeout: (context) =>
    attempt(
      () =>
        context.client.chat.completions.create(context.chat('silent'), {
          timeout: 100,
          maxRetries: 0,
        }),
      context,
    ),

  'timeout of a stream': (context) =>
    attempt(() => open(context, 'silent', { timeout: 100, maxRetries: 0 }), context),
}
