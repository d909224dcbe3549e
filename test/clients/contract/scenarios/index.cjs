'use strict'

/** Scenarios that any client of a model can play. */
module.exports = {
  ...require('./streams.cjs'),
  ...require('./aborts.cjs'),
  ...require('./failures.cjs'),
  ...require('./context.cjs'),
  ...require('./unattended.cjs'),
}
