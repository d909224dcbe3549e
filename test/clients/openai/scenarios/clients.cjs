'use strict'
const { collect, unhandledRejection } = require('../../contract/observe.cjs')

const AZURE = { apiKey: 'CANARY-API-KEY', apiVersion: '2025-04-01-preview' }

/** Sends to loopback what the client believes to send to `host`. */
const redirect =
  ({ baseURL }, host) =>
  (url, init) =>
    fetch(String(url).replace(`https://${host}`, new URL(baseURL).origin), init)

const at = (context, host, path = '/v1') =>
  new context.Client({
    ...context.options,
    baseURL: `https://${host}${path}`,
    fetch: redirect(context, host),
  })

/** Other clients than `new OpenAI()`: Azure, compatible providers, one with attempts of its own. */
module.exports = {
  azure: (context) => {
    const endpoint = new URL(context.baseURL).origin
    const client = new context.AzureOpenAI({ ...AZURE, endpoint })
    return client.chat.completions.create(context.request('ordinary'))
  },

  'azure stream by host': async (context) => {
    const endpoint = 'https://my-resource.openai.azure.com'
    const fetch = redirect(context, new URL(endpoint).host)
    const client = new context.AzureOpenAI({ ...AZURE, endpoint, fetch })
    const more = { stream: true, stream_options: { include_usage: true } }
    return collect(
      await client.chat.completions.create(context.request('content-filter', more)),
      context,
    )
  },

  'azure deployment': (context) => {
    const { AzureOpenAI, model, request } = context
    const endpoint = new URL(context.baseURL).origin
    const client = new AzureOpenAI({ ...AZURE, endpoint, deployment: model('ordinary') })
    return client.chat.completions.create(request('ordinary'))
  },

  'groq by host': (context) =>
    at(context, 'api.groq.com', '/openai/v1').chat.completions.create(context.request('ordinary')),

  'deepseek by host': (context) =>
    at(context, 'api.deepseek.com').chat.completions.create(context.request('ordinary')),

  'openai by host': (context) =>
    at(context, 'api.openai.com').chat.completions.create(context.request('ordinary')),

  'overridden attempt': async (context) => {
    const responses = []
    const seen = []
    // as CommonJS, some versions export a function that makes a client: no class to extend
    class Eager extends context.Client.OpenAI {
      fetchWithTimeout(url, ...rest) {
        // one that nobody awaits
        void super.fetchWithTimeout('http://127.0.0.1:1/', ...rest)
        const attempt = super.fetchWithTimeout(url, ...rest)
        seen.push(attempt)
        return attempt
      }
    }
    const rejected = unhandledRejection()
    const client = new Eager({
      ...context.options,
      fetch: async (...request) => {
        const response = await fetch(...request)
        responses.push(response)
        return response
      },
    })
    const completion = await client.chat.completions.create(context.request('ordinary'))
    await rejected
    const [attempt] = seen
    return {
      completion,
      class: attempt.constructor.name,
      keys: Reflect.ownKeys(attempt),
      isOne: seen.length === 1 && (await attempt) === responses[0],
      tag: Object.prototype.toString.call(attempt),
    }
  },
}
