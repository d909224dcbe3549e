'use strict'

/** Every scenario by its name. */
module.exports = {
  ...require('./generate.cjs'),
  ...require('../../contract/scenarios/index.cjs'),
  ...require('./generators.cjs'),
  ...require('./tools.cjs'),
  ...require('./other-apis.cjs'),
}
