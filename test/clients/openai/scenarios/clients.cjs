'use strict'
const { collect } = require('../observe.cjs')

const AZURE = { apiKey: 'CANARY-API-KEY', apiVersion: '2025-04-01-preview' }

/** Sends to loopback what the client believes to send to `host`. */
const redirect =
  ({ baseURL }, host) =>
  (url, init) =>
    fetch(String(url).replace(`https://${host}`, new URL(baseURL).origin), init)

const at = (context, host, path = '/v1') =>
  new context.OpenAI({
    ...context.options,
    baseURL: `https://${host}${path}`,
    fetch: redirect(context, host),
  })

/** Other clients than `new OpenAI()`: Azure, compatible providers, copies and subclasses. */
module.exports = {
  azure: (context) => {
    const endpoint = new URL(context.baseURL).origin
    const client = new context.AzureOpenAI({ ...AZURE, endpoint })
    return client.chat.completions.create(context.chat('ordinary'))
  },

  'azure stream by host': async (context) => {
    const endpoint = 'https://my-resource.openai.azure.com'
    const fetch = redirect(context, new URL(endpoint).host)
    const client = new context.AzureOpenAI({ ...AZURE, endpoint, fetch })
    const more = { stream: true, stream_options: { include_usage: true } }
    return collect(
      await client.chat.completions.create(context.chat('content-filter', more)),
      context,
    )
  },

  'azure deployment': (context) => {
    const { AzureOpenAI, model, chat } = context
    const endpoint = new URL(context.baseURL).origin
    const client = new AzureOpenAI({ ...AZURE, endpoint, deployment: model('ordinary') })
    return client.chat.completions.create(chat('ordinary'))
  },

  'groq by host': (context) =>
    at(context, 'api.groq.com', '/openai/v1').chat.completions.create(context.chat('ordinary')),

  'deepseek by host': (context) =>
    at(context, 'api.deepseek.com').chat.completions.create(context.chat('ordinary')),

  'openai by host': (context) =>
    at(context, 'api.openai.com').chat.completions.create(context.chat('ordinary')),

  withOptions: async (context) => {
    const { client, chat, lacks } = context
    if (!client.withOptions) return lacks('client.withOptions')
    const other = client.withOptions({ maxRetries: 0, defaultHeaders: { 'x-extra': 'yes' } })
    const completion = await other.chat.completions.create(chat('ordinary'))
    return { class: other.constructor.name, completion }
  },

  subclass: async (context) => {
    class OurClient extends context.OpenAI {
      label = 'ours'
    }
    const client = new OurClient(context.options)
    const completion = await client.chat.completions.create(context.chat('ordinary'))
    return {
      completion,
      label: client.label,
      class: client.constructor.name,
      isOpenAI: client instanceof context.OpenAI,
    }
  },

  'overridden create': async (context) => {
    const client = new context.OpenAI(context.options)
    const { completions } = client.chat
    const original = completions.create.bind(completions)
    completions.create = (request) => original({ ...request, user: 'overridden' })
    return completions.create(context.chat('ordinary'))
  },
}
