'use strict'
const { setTimeout: wait } = require('node:timers/promises')

const print = (text) => process.stdout.write(`${text}\n`)
const create = (client, model, more) =>
  client.chat.completions.create({ model, messages: [], ...more })
const stream = (client, model) => create(client, model, { stream: true })

/** Leaves a stream open in the middle. */
async function readOne(client) {
  const iterator = (await stream(client, 'stall'))[Symbol.asyncIterator]()
  print((await iterator.next()).value.object)
}

/** Whole programs: what matters is how the process that runs one of them ends. */
module.exports = {
  plain: async (client) => print((await create(client, 'ordinary')).id),

  'rejection that nobody handles': async (client) => void create(client, 'bad-request'),

  'stream rejection that nobody handles': async (client) => void stream(client, 'bad-request'),

  'stream rejection, handled too late': async (client) => {
    const promise = stream(client, 'bad-request')
    // the process is expected to end long before
    await wait(20_000)
    await promise.catch((error) => print(error.status))
  },

  'rejection that is thrown on': (client) => create(client, 'bad-request'),

  'dropped stream that is caught': async (client) => {
    try {
      for await (const chunk of await stream(client, 'drop')) print(chunk.object)
    } catch (error) {
      print(error.constructor.name)
    }
    await wait(20)
  },

  'dropped stream that is not caught': async (client) => {
    for await (const chunk of await stream(client, 'drop')) print(chunk.object)
  },

  'error thrown while reading': async (client) => {
    for await (const chunk of await stream(client, 'ordinary')) throw new RangeError(chunk.object)
  },

  'exit in the middle of a stream': async (client) => {
    await readOne(client)
    process.exit(3)
  },

  'stream that is still open at the end': async (client) => {
    globalThis.kept = await stream(client, 'ordinary')
    print('left')
  },

  'signal while a call waits': async (client) => {
    print('waiting')
    await create(client, 'silent')
  },

  'signal that the application handles': async (client) => {
    process.on('SIGTERM', () => {
      print('handled')
      process.exit(7)
    })
    await readOne(client)
    print('waiting')
    await create(client, 'silent')
  },
}
