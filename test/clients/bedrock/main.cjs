'use strict'
const bedrock = require('@aws-sdk/client-bedrock-runtime')
const { run } = require('../contract/run.cjs')
const dialect = require('./dialect.cjs')
const libraryOf = require('./library.cjs')

void run(libraryOf(bedrock), dialect, process.argv)
