'use strict'
require('dd-trace').init({ startupLogs: false, url: 'http://127.0.0.1:9' })
const { channel } = require('node:diagnostics_channel')
const OpenAI = require('openai')

const theirs = []
channel('dd-trace:span:start').subscribe(({ span }) => theirs.push(span.context()._name))

async function main() {
  const client = new OpenAI({ apiKey: 'x', baseURL: process.argv[2] })
  await client.chat.completions.create({ model: 'ordinary', messages: [] })
  process.stdout.write(theirs.filter((name) => name.startsWith('openai')).join())
}

void main()
