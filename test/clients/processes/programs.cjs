'use strict'
const { setTimeout: wait } = require('node:timers/promises')

const print = (text) => process.stdout.write(`${text}\n`)

/** Leaves a stream open in the middle. */
async function readOne({ stream, kindOf }) {
  const iterator = (await stream('stall'))[Symbol.asyncIterator]()
  print(kindOf((await iterator.next()).value))
}

/** Whole programs: what matters is how the process that runs one of them ends. */
const programs = {
  plain: async ({ create, idOf }) => print(idOf(await create('ordinary'))),

  'rejection that nobody handles': async ({ create }) => void create('bad-request'),

  'stream rejection that nobody handles': async ({ stream }) => void stream('bad-request'),

  'stream rejection, handled too late': async ({ stream }) => {
    const promise = stream('bad-request')
    // the process is expected to end long before
    await wait(20_000)
    await promise.catch((error) => print(error.status))
  },

  'rejection that is thrown on': ({ create }) => create('bad-request'),

  'dropped stream that is caught': async ({ stream, kindOf }) => {
    try {
      for await (const chunk of await stream('drop')) print(kindOf(chunk))
    } catch (error) {
      print(error.constructor.name)
    }
    await wait(20)
  },

  'dropped stream that is not caught': async ({ stream, kindOf }) => {
    for await (const chunk of await stream('drop')) print(kindOf(chunk))
  },

  'error thrown while reading': async ({ stream, kindOf }) => {
    for await (const chunk of await stream('ordinary')) throw new RangeError(kindOf(chunk))
  },

  'exit in the middle of a stream': async (client) => {
    await readOne(client)
    process.exit(3)
  },

  'stream that is still open at the end': async ({ stream }) => {
    globalThis.kept = await stream('ordinary')
    print('left')
  },

  'signal while a call waits': async ({ create }) => {
    print('waiting')
    await create('silent')
  },

  'signal that the application handles': async (client) => {
    process.on('SIGTERM', () => {
      print('handled')
      process.exit(7)
    })
    await readOne(client)
    print('waiting')
    await client.create('silent')
  },
}

/** Runs one of them with a client of this library. */
exports.run = (program, { open, create, kindOf, idOf }, library, baseURL) => {
  const client = open(library, { apiKey: 'x', baseURL })
  return programs[program]({
    create: (model) => create(client, model),
    stream: (model) => create(client, model, { stream: true }),
    kindOf,
    idOf,
  })
}
