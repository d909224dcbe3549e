'use strict'
const Sentry = require('@sentry/node')

const theirs = []
Sentry.init({
  dsn: 'http://key@127.0.0.1:9/1',
  tracesSampleRate: 1,
  traceLifecycle: 'static',
  integrations: (all) => all.filter(({ name }) => name !== process.env.WITHOUT),
  // nothing is sent, but what would be is told
  beforeSendTransaction: ({ spans }) => {
    for (const { data } of spans)
      if ('gen_ai.operation.name' in data) theirs.push(data['sentry.origin'])
    return null
  },
})
const OpenAI = require('openai')

async function main() {
  const client = new OpenAI({ apiKey: 'x', baseURL: process.argv[2] })
  await Sentry.startSpan({ name: 'request' }, () =>
    client.chat.completions.create({ model: 'ordinary', messages: [] }),
  )
  await Sentry.flush(1000)
  process.stdout.write(theirs.join())
}

void main()
