'use strict'
const clients = require('../processes/clients.cjs')
const { endings, run } = require('./application.cjs')

const [, , name, baseURL, own, ending] = process.argv
const client = clients[name]
const library = require(client.module)
if (own === 'own') require('./sdk.cjs').start()

void run(client, library, baseURL).then(() => endings[ending]?.())
