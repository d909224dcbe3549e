'use strict'
const { attempt, collect } = require('../contract/observe.cjs')

const SECRETS = 'alice@example.com, 4111 1111 1111 1111, password: hunter2, 2001:db8::8a2e:370:7334'
const IMAGE = `data:image/png;base64,${Buffer.alloc(3000, 'image').toString('base64')}`
const failing = () => {
  throw new RangeError('CANARY-ERROR-TEXT')
}

async function* countdown() {
  yield 3
  yield 2
  return 1
}

/** What an application does with the SDK by itself. */
module.exports = {
  'agent with a call and tools': ({ sdk, create }) =>
    sdk.workflow('flow', () =>
      sdk.agent({ name: 'planner', model: 'ordinary' }, async () => {
        const answer = await create('ordinary')
        const sum = sdk.tool({ name: 'sum', arguments: '{"a": 1}' }, () => ({
          sum: 42,
          of: SECRETS,
        }))
        const found = await sdk.retrieval(
          { dataSource: 'docs', query: SECRETS, topK: 2 },
          async () => [{ id: 'a', score: 0.5 }],
        )
        const vector = sdk.embedding({ model: 'mini', provider: 'local' }, () => [1, 2])
        return { answer, sum, found, vector }
      }),
    ),

  'operations that fail': async (context) => [
    await attempt(async () => context.sdk.tool('sync', failing), context),
    await attempt(() => context.sdk.tool('async', async () => failing()), context),
    await attempt(
      async () => [
        ...context.sdk.tool('steps', function* () {
          yield failing()
        }),
      ],
      context,
    ),
    await collect(
      context.sdk.agent('steps', async function* () {
        yield failing()
      }),
      context,
    ),
  ],

  'operations that go on': async ({ sdk }) => {
    const steps = sdk.tool('steps', function* () {
      yield 1
      yield 2
    })
    const [first] = sdk.tool('left', () => [1, 2, 3].values())
    const all = await Array.fromAsync(sdk.agent('steps', countdown))
    const streamed = await Array.fromAsync(
      sdk.agent('stream', () => ({ [Symbol.asyncIterator]: () => countdown() })),
    )
    for await (const _ of sdk.agent('broken off', countdown)) break
    return { first, steps: [...steps], all, streamed }
  },

  'facts of calls': async ({ sdk, create, streaming }) => {
    const facts = { conversationId: 'c', userId: 7, variant: 'b', tags: { plan: 'pro' } }
    const plain = await sdk.withContext({ ...facts, propagate: true }, () => create('ordinary'))
    const words = sdk.withContext({ promptName: 'p' }, async function* () {
      yield* await create('ordinary', streaming)
    })
    const steps = sdk.withContext({ variant: 'c' }, function* () {
      yield sdk.tool('inside', () => 1)
    })
    return { plain, words: await Array.fromAsync(words), steps: [...steps] }
  },

  scores: async ({ sdk, create }) => {
    const answer = await create('ordinary')
    sdk.score(answer, { name: 'relevance', value: 0.5, explanation: SECRETS })
    sdk.score(answer.id ?? answer.responseId, { name: 'verdict', label: 'pass' })
    sdk.agent('judged', (span) => sdk.score(span, { name: 'relevance', value: 1 }))
    return answer
  },

  'content of all kinds': ({ sdk }) => {
    const hostile = {
      get secret() {
        return failing()
      },
      toJSON: failing,
    }
    const results = [
      SECRETS.repeat(2000),
      { image: IMAGE, text: `see ${IMAGE}`, bytes: new Uint8Array(64) },
      [hostile, new Map(), 12345678901234n, Number.NaN, 4111111111111111],
      { password: 'x', nested: [[{ deep: null }]] },
    ]
    return results.map((result) => sdk.tool('look', () => result) === result)
  },

  'options that cannot be read': ({ sdk }) => {
    const hostile = {
      name: 'odd',
      get callId() {
        return failing()
      },
    }
    return sdk.tool(hostile, () => 'done')
  },

  training: (context) =>
    context.sdk.trainingRun(
      { name: 'tiny', hyperparameters: { learningRate: 0.1 }, health: { stallSeconds: 0.01 } },
      async (run) => {
        const seen = [run.name]
        await run.epoch(0, async (epoch) => {
          for (const loss of [3, 2, Number.NaN, 1, 900])
            epoch.step({ loss, tokens: 5, learningRate: 0.1, metrics: { accuracy: 1 } })
          for await (const batch of run.batches([1, 2])) {
            seen.push(run.timed('forward', () => batch))
            seen.push(await run.timed('backward', async () => 'back'))
            seen.push(await attempt(() => run.timed('optimizer', failing), context))
            epoch.step({ loss: 1, seconds: { optimizer: 0.1 } })
          }
          run.sample({ prompt: 'Once', output: 'upon' })
          seen.push(await run.evaluation('validation', () => ({ loss: 1 })))
          seen.push(await run.checkpoint({ path: 'x' }, () => 'saved'))
          seen.push(await attempt(() => run.evaluation('broken', failing), context))
        })
        return seen
      },
    ),

  'training with TensorFlow.js': ({ sdk }) =>
    sdk.trainingRun({ name: 'fit' }, async (run) => {
      const callback = sdk.tensorflowCallback(run)
      callback.onEpochBegin(0)
      callback.onBatchBegin()
      callback.onBatchEnd(0, { batch: 0, size: 4, loss: 2, acc: 0.5 })
      await callback.onEpochEnd(0, { loss: 2, val_loss: 1 })
      return 'fitted'
    }),

  'training that fails': (context) =>
    attempt(() => context.sdk.trainingRun({ name: 'tiny' }, failing), context),

  'serverless handlers': async ({ sdk, create }) => {
    const byPromise = sdk.lambdaHandler(async () => create('ordinary'))
    const byCallback = sdk.lambdaHandler((event, _, callback) => callback(null, event))
    const promises = []
    const web = sdk.requestHandler(async () => create('ordinary'), {
      waitUntil: (promise) => promises.push(promise),
    })
    const results = [
      await byPromise({}, { getRemainingTimeInMillis: () => 1000 }),
      await new Promise((resolve) => byCallback(7, {}, (_, event) => resolve(event))),
      await web(new Request('http://localhost/')),
    ]
    await Promise.all(promises)
    return results
  },

  'live session': async ({ client: { live } }) => {
    if (!live) return undefined
    const heard = []
    const closed = Promise.withResolvers()
    const session = await live.connect({
      model: 'live',
      config: { systemInstruction: SECRETS },
      callbacks: {
        onmessage: (message) => {
          heard.push(message)
          const { toolCall, serverContent } = message
          const response = { output: SECRETS }
          if (toolCall)
            session.sendToolResponse({
              functionResponses: { id: 'call_1', name: 'weather', response },
            })
          if (serverContent?.turnComplete) session.close()
        },
        onclose: ({ code }) => closed.resolve(code),
      },
    })
    session.sendRealtimeInput({ text: 'tools' })
    return { code: await closed.promise, heard }
  },

  'flush and shutdown': async ({ sdk }) => [Object.keys(await sdk.flush({ timeoutMillis: 1000 }))],
}
