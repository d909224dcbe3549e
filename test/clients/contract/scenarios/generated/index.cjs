'use strict'

/** Scenarios for what the clients of one generator (openai, anthropic, …) have in common: promise and stream. */
module.exports = {
  ...require('./streams.cjs'),
  ...require('./aborts.cjs'),
  ...require('./promises.cjs'),
  ...require('./clients.cjs'),
}
