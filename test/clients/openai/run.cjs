'use strict'
const { writeFileSync } = require('node:fs')
const { setImmediate: turn, setTimeout: wait } = require('node:timers/promises')
const { describeError } = require('./observe.cjs')
const scenarios = require('./scenarios/index.cjs')

/**
 * Runs all scenarios, one after the other, and writes what the application observed:
 * for each scenario its result or error, and the rejections that nobody handled.
 */
async function run(library, baseURL, resultFile) {
  const unhandled = []
  process.on('unhandledRejection', (reason) => unhandled.push(describeError(reason, library)))
  process.on('rejectionHandled', () => unhandled.push('handled later'))
  const options = { apiKey: 'CANARY-API-KEY', baseURL }
  const client = new library.OpenAI(options)
  const results = {}
  const skipped = new Set(JSON.parse(process.env.SKIP_SCENARIOS ?? '[]'))
  // A client that waits on an idle socket would let the process end.
  const alive = setInterval(() => {}, 1_000)
  for (const [name, scenario] of Object.entries(scenarios)) {
    if (skipped.has(name)) continue
    const context = { ...library, client, options, baseURL, ...requests(name) }
    results[name] = await outcome(scenario, context)
    await turn()
    await turn()
    if (unhandled.length > 0) results[name].unhandled = unhandled.splice(0)
  }
  clearInterval(alive)
  writeFileSync(
    resultFile,
    JSON.stringify(results, (_, value) => value ?? null),
  )
}

// A scenario that never settles is a result too.
const outcome = (scenario, context) =>
  Promise.race([settle(scenario, context), wait(10_000, { hung: true }, { ref: false })])

async function settle(scenario, context) {
  try {
    return { result: await scenario(context) }
  } catch (error) {
    return { thrown: describeError(error, context) }
  }
}

/** Requests whose model says what the server is to do, and for which scenario. */
function requests(scenario) {
  const slug = scenario.replaceAll(/[^a-z0-9]+/gi, '-')
  const model = (script, index) =>
    [script, slug, index].filter((part) => part !== undefined).join(':')
  return {
    model,
    chat: (script, more, index) => ({
      model: model(script, index),
      messages: [
        { role: 'system', content: 'CANARY-SYSTEM' },
        { role: 'user', content: 'CANARY-PROMPT' },
      ],
      ...more,
    }),
    response: (script, more) => ({
      model: model(script),
      instructions: 'CANARY-INSTRUCTIONS',
      input: 'CANARY-PROMPT',
      ...more,
    }),
    lacks: (member) => ({ lacks: member }),
  }
}

module.exports = { run }
