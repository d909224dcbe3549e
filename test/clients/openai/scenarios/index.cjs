'use strict'

/** Every scenario by its name. */
module.exports = {
  ...require('./chat.cjs'),
  ...require('../../contract/scenarios/index.cjs'),
  ...require('../../contract/scenarios/generated/index.cjs'),
  ...require('./streams.cjs'),
  ...require('./helpers.cjs'),
  ...require('./responses.cjs'),
  ...require('./other-apis.cjs'),
  ...require('./plain.cjs'),
  ...require('./clients.cjs'),
}
