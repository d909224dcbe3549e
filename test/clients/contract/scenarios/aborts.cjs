'use strict'
const { setTimeout: wait } = require('node:timers/promises')
const { attempt, collect } = require('../observe.cjs')

const open = ({ create, streaming }, script, options) => create(script, streaming, options)

/** Calls that the application gives up, or that run out of time. */
module.exports = {
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
    return { seen, outcome, streamAborted: stream.controller?.signal.aborted }
  },
  'signal aborted, not a stream': async (context) => {
    const controller = new AbortController()
    setTimeout(() => controller.abort(), 100)
    return attempt(() => context.create('silent', {}, { signal: controller.signal }), context)
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
    attempt(() => context.create('silent', {}, { timeout: 100, maxRetries: 0 }), context),
  'timeout of a stream': (context) =>
    attempt(() => open(context, 'silent', { timeout: 100, maxRetries: 0 }), context),
}
