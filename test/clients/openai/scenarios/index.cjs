'use strict'

/** Every scenario by its name. */
module.exports = {
  ...require('./chat.cjs'),
  ...require('./streams.cjs'),
  ...require('./aborts.cjs'),
  ...require('./promises.cjs'),
  ...require('./failures.cjs'),
  ...require('./helpers.cjs'),
  ...require('./responses.cjs'),
  ...require('./other-apis.cjs'),
  ...require('./clients.cjs'),
  ...require('./context.cjs'),
  ...require('./unattended.cjs'),
}
