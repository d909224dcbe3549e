'use strict'

/** Every scenario by its name. */
module.exports = {
  ...require('./messages.cjs'),
  ...require('../../contract/scenarios/index.cjs'),
  ...require('../../contract/scenarios/generated/index.cjs'),
  ...require('./helpers.cjs'),
  ...require('./tool-runner.cjs'),
  ...require('./beta.cjs'),
  ...require('./other-apis.cjs'),
  ...require('./tracing.cjs'),
}
