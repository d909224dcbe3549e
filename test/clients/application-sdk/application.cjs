'use strict'
const { trace } = require('@opentelemetry/api')

const tracer = trace.getTracer('application')
const messages = [{ role: 'user', content: 'Hello' }]

/** Makes a call and reads a stream inside a span of the application's own. */
exports.run = (OpenAI, baseURL) => {
  const client = new OpenAI({ apiKey: 'x', baseURL })
  return tracer.startActiveSpan('application', async (span) => {
    await client.chat.completions.create({ model: 'ordinary:call', messages })
    const stream = { model: 'ordinary:stream', messages, stream: true }
    for await (const chunk of await client.chat.completions.create(stream)) void chunk
    span.end()
  })
}

/** How the process ends, unless by having nothing left to do. */
exports.endings = {
  exit: () => process.exit(),
  flush: async () => {
    const { flush } = await import('@llmscope/sdk')
    process.exit((await flush()).complete ? 0 : 1)
  },
}
