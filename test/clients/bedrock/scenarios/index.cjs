'use strict'

/** Every scenario by its name. */
module.exports = {
  ...require('./converse.cjs'),
  ...require('../../contract/scenarios/index.cjs'),
  ...require('./events.cjs'),
  ...require('./invoke.cjs'),
  ...require('./other-apis.cjs'),
}
