'use strict'

/** Every scenario by its name. */
module.exports = {
  ...require('./chat.cjs'),
  ...require('../../contract/scenarios/index.cjs'),
  ...require('./readers.cjs'),
  ...require('./other-apis.cjs'),
}
