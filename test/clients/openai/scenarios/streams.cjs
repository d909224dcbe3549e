'use strict'
const { collect } = require('../../contract/observe.cjs')

/** Streams of chat completions as no other API has them. */
module.exports = {
  'stream without usage': async (context) =>
    collect(await context.create('ordinary', { stream: true }), context),
  'stream of two choices': async (context) =>
    collect(await context.create('ordinary', { n: 2, ...context.streaming }), context),
}
