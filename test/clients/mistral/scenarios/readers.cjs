'use strict'
const { attempt } = require('../../contract/observe.cjs')

const open = ({ create, streaming }, script) => create(script, streaming)

/** The client's streams are the platform's, which are not only iterated. */
module.exports = {
  'stream shape': async (context) => {
    const stream = await open(context, 'ordinary')
    return {
      class: stream.constructor.name,
      isReadable: stream instanceof ReadableStream,
      keys: Object.keys(stream),
      locked: stream.locked,
      methods: ['getReader', 'cancel', 'tee', 'pipeTo'].map(
        (name) => `${stream[name].name}/${stream[name].length}`,
      ),
    }
  },

  'reader by hand': async (context) => {
    const stream = await open(context, 'ordinary')
    const reader = stream.getReader()
    const seen = []
    for (;;) {
      const step = await reader.read()
      seen.push(step)
      if (step.done) return { seen, class: reader.constructor.name, keys: Object.keys(reader) }
    }
  },

  'reader, cancelled': async (context) => {
    const reader = (await open(context, 'paced')).getReader()
    const first = await reader.read()
    await reader.cancel('enough')
    return { first, after: await reader.read() }
  },

  'reader of a dropped stream': async (context) => {
    const reader = (await open(context, 'drop')).getReader()
    return attempt(async () => {
      while (!(await reader.read()).done);
    }, context)
  },

  'cancelled before the first read': async (context) => {
    const stream = await open(context, 'paced')
    const lock = stream.getReader()
    const refused = await attempt(() => stream.cancel('locked'), context)
    lock.releaseLock()
    await stream.cancel('enough')
    return { refused, locked: stream.locked }
  },
}
