'use strict'
const { trace } = require('@opentelemetry/api')

const tracer = trace.getTracer('application')

/** Makes a call and reads a stream inside a span of the application's own. */
exports.run = ({ open, create }, library, baseURL) => {
  const client = open(library, { apiKey: 'x', baseURL })
  return tracer.startActiveSpan('application', async (span) => {
    await create(client, 'ordinary:call')
    for await (const _ of await create(client, 'ordinary:stream', { stream: true })) continue
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
