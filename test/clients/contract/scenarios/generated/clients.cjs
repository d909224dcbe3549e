'use strict'

/** Other clients than a plain one: copies, subclasses, and one that the application changed. */
module.exports = {
  withOptions: async (context) => {
    const { client, createWith, lacks } = context
    if (!client.withOptions) return lacks('client.withOptions')
    const other = client.withOptions({ maxRetries: 0, defaultHeaders: { 'x-extra': 'yes' } })
    return { class: other.constructor.name, answer: await createWith(other, 'ordinary') }
  },

  subclass: async (context) => {
    class OurClient extends context.Client {
      label = 'ours'
    }
    const client = new OurClient(context.options)
    return {
      answer: await context.createWith(client, 'ordinary'),
      label: client.label,
      class: client.constructor.name,
      isClient: client instanceof context.Client,
    }
  },

  'overridden create': async (context) => {
    const client = new context.Client(context.options)
    const resource = context.resource(client)
    const original = resource.create.bind(resource)
    resource.create = (request) => original({ ...request, metadata: { user_id: 'overridden' } })
    return context.createWith(client, 'ordinary')
  },
}
