'use strict'
require('./sdk.cjs').start()
