'use strict'
const { writeFileSync } = require('node:fs')
const { setImmediate: turn, setTimeout: wait } = require('node:timers/promises')
const { describeError } = require('./observe.cjs')

/**
 * Runs all scenarios of a client, one after the other, and writes what the application observed:
 * for each scenario its result or error, and the rejections that nobody handled. `library` is what
 * the application imports of the client, `dialect` how the client is spoken to. The program that
 * `PLAYER` names plays them in a way of its own.
 */
async function run(library, dialect, argv) {
  const { PLAYER } = process.env
  if (PLAYER) await require(PLAYER).run(library, dialect, argv)
  else await playAll(library, dialect, argv)
}

async function playAll(library, dialect, [, , baseURL, resultFile]) {
  const unhandled = []
  process.on('unhandledRejection', (reason) => unhandled.push(describeError(reason, library)))
  process.on('rejectionHandled', () => unhandled.push('handled later'))
  const options = { apiKey: 'CANARY-API-KEY', baseURL }
  const client = dialect.open(library, options)
  const stage = { client, options, baseURL }
  const results = {}
  const skipped = new Set(JSON.parse(process.env.SKIP_SCENARIOS ?? '[]'))
  // A client that waits on an idle socket would let the process end.
  const alive = setInterval(() => {}, 1_000)
  for (const name of Object.keys(dialect.scenarios)) {
    if (skipped.has(name)) continue
    results[name] = await play(library, dialect, stage, name)
    await turn()
    await turn()
    if (unhandled.length > 0) results[name].unhandled = unhandled.splice(0)
  }
  clearInterval(alive)
  dialect.close?.()
  writeFileSync(
    resultFile,
    JSON.stringify(results, (_, value) => value ?? null),
  )
}

/** What comes of one scenario. */
function play(library, dialect, stage, name) {
  const tools = calls(library, dialect, stage, name)
  const context = { ...library, ...dialect, ...tools, ...stage }
  return outcome(dialect.scenarios[name], context)
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

/** Calls whose model says what the server is to do, and for which scenario. */
function calls(library, dialect, { client, options }, scenario) {
  const slug = scenario.replaceAll(/[^a-z0-9]+/gi, '-')
  const model = (script, index) =>
    [script, slug, index].filter((part) => part !== undefined).join(':')
  const request = (script, more, index) => dialect.request(model(script, index), more)
  const createWith = (other, script, more, callOptions, index) =>
    dialect.create(other, request(script, more, index), callOptions)
  return {
    model,
    request,
    createWith,
    create: (...call) => createWith(client, ...call),
    /** A call of a client with options of its own. */
    at: (changes, ...call) =>
      createWith(dialect.open(library, { ...options, ...changes }), ...call),
    lacks: (member) => ({ lacks: member }),
  }
}

module.exports = { play, run }
