'use strict'
const { setTimeout: wait } = require('node:timers/promises')
const {
  attempt,
  collect,
  describeError,
  describePromise,
  describeResponse,
} = require('../../observe.cjs')

const call = ({ create }, script = 'ordinary') => create(script)
const open = ({ create, streaming }) => create('ordinary', streaming)

/** The client's own promise, in every way that it can be used. */
module.exports = {
  'promise shape': async (context) => {
    const promise = call(context)
    const before = describePromise(promise, context)
    await promise
    return { before, after: describePromise(promise, context) }
  },

  'stream promise shape': async (context) => {
    const promise = open(context)
    const before = describePromise(promise, context)
    await collect(await promise, context)
    return { before, after: describePromise(promise, context) }
  },

  'method surface': async ({ client, resources }) =>
    Object.entries(resources(client)).map(([name, holder]) => {
      const prototype = Object.getPrototypeOf(holder)
      const { value, ...flags } = Object.getOwnPropertyDescriptor(prototype, 'create')
      return {
        name,
        class: holder.constructor.name,
        keys: Object.keys(holder),
        members: Object.getOwnPropertyNames(prototype),
        create: `${value.name}/${value.length}`,
        flags,
      }
    }),

  'awaited twice': async (context) => {
    const promise = call(context)
    const first = await promise
    return { same: first === (await promise), first }
  },

  'then called twice': async (context) => {
    const promise = call(context)
    const values = await Promise.all([
      promise.then((value) => value),
      promise.then((value) => value),
    ])
    return { same: values[0] === values[1], id: values[0].id }
  },

  'stream awaited twice': async (context) => {
    const promise = open(context)
    const first = await promise
    return { same: first === (await promise), ...(await collect(first, context)) }
  },

  'then, catch and finally': async (context) => {
    const order = []
    const promise = call(context)
      .then((value) => order.push(value.id))
      .catch(() => order.push('catch'))
      .finally(() => order.push('finally'))
    order.push('called')
    await promise
    return { order, class: promise.constructor.name }
  },

  'catch of a rejected call': async (context) => {
    const order = []
    const promise = call(context, 'bad-request')
    await promise.catch((error) => order.push(describeError(error, context)))
    await promise.then(undefined, (error) => order.push(error.status))
    await promise.finally(() => order.push('finally')).catch(() => order.push('after finally'))
    return order
  },

  withResponse: async (context) => {
    const { data, response, request_id } = await call(context).withResponse()
    return { data, response: describeResponse(response), request_id }
  },

  'withResponse of a stream': async (context) => {
    const promise = open(context)
    const { data, response, request_id } = await promise.withResponse()
    const answer = describeResponse(response)
    return { response: answer, request_id, ...(await collect(data, context)) }
  },

  'withResponse of a rejected call': (context) =>
    attempt(() => call(context, 'bad-request').withResponse(), context),

  'withResponse and await': async (context) => {
    const promise = call(context)
    const { data } = await promise.withResponse()
    return { same: data === (await promise) }
  },

  asResponse: async (context) => {
    const response = await call(context).asResponse()
    return { before: describeResponse(response), body: await response.json() }
  },

  'asResponse, body never read': async (context) =>
    describeResponse(await call(context).asResponse()),

  'asResponse of a stream': async (context) => {
    const response = await open(context).asResponse()
    return { before: describeResponse(response), body: await response.text() }
  },

  'asResponse of a rejected call': (context) =>
    attempt(() => call(context, 'bad-request').asResponse(), context),

  'asResponse after await': async (context) => {
    const promise = call(context)
    const value = await promise
    return { id: value.id, response: describeResponse(await promise.asResponse()) }
  },

  race: async (context) => {
    const winner = await Promise.race([call(context), wait(5_000, 'late', { ref: false })])
    return winner.id
  },

  allSettled: async (context) => {
    const outcomes = await Promise.allSettled([
      call(context),
      call(context, 'bad-request'),
      call(context, 'refusal'),
    ])
    return outcomes.map(({ status, value, reason }) => [
      status,
      value?.id,
      reason && describeError(reason, context),
    ])
  },

  'returned from an async function': async (context) => {
    const promised = (async () => call(context))()
    return { class: promised.constructor.name, id: (await promised).id }
  },
}
