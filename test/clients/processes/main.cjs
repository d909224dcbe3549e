'use strict'
const clients = require('./clients.cjs')
const programs = require('./programs.cjs')

const [, , name, baseURL, program, specifier = clients[name].module] = process.argv

void programs.run(program, clients[name], require(specifier), baseURL)
