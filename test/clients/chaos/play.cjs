'use strict'
const { readFileSync, writeFileSync } = require('node:fs')
const { setImmediate: turn } = require('node:timers/promises')
const { play } = require('../contract/run.cjs')
const { rememberMethods } = require('./methods.cjs')
const own = require('./scenarios.cjs')
const { FaultySdk } = require('./sdk.cjs')
const { Telemetry, Told } = require('./telemetry.cjs')

const OPTIONS = { captureContent: 'span_and_event', semconv: 'both', timePerOutputChunk: true }
/** Milliseconds. Slower scenarios would leave no time for the others. */
const SLOW = 400

/**
 * Plays scenarios over and over, each time with a new copy of the SDK that throws at one of its fault
 * points: first every point in the quickest scenario that reaches it, then in the next ones, until the
 * time is up. Writes what went wrong.
 */
async function playWithFaults(library, dialect, [, , baseURL, resultFile]) {
  const { folder, points, part, parts, milliseconds } = JSON.parse(
    readFileSync(process.env.CHAOS, 'utf8'),
  )
  const alive = setInterval(() => {}, 1_000)
  const stage = new Stage(library, dialect, baseURL, folder)
  const scenarios = await rehearse(stage)
  const plan = planOf(scenarios, points.length).filter(({ point }) => point % parts === part)
  const problems = []
  const end = performance.now() + milliseconds
  const thrown = new Set()
  for (let round = 0; round < scenarios.length; round += 1) {
    for (const { point, reaching } of plan) {
      const scenario = reaching[round]
      // the first round is for all
      if (!scenario || (round > 0 && performance.now() > end)) continue
      const seen = await stage.play(scenario.name, { armed: point })
      if (seen.thrown) thrown.add(point)
      for (const problem of problemsOf(seen, scenario, points[point])) {
        problems.push(`${points[point].place}, in "${scenario.name}": ${problem}`)
      }
    }
  }
  const report = { reached: plan.length, thrown: thrown.size, problems }
  writeFileSync(resultFile, JSON.stringify(report))
  clearInterval(alive)
  // connections and timers of a thousand runs may still be there
  process.exit()
}

/** What the scenarios give without the SDK, and which points they reach with it; the quickest first. */
async function rehearse(stage) {
  await stage.play(stage.names[0], {})
  const scenarios = []
  for (const name of stage.names) {
    const bare = await stage.play(name, { bare: true })
    const again = await stage.play(name, { bare: true })
    const traced = await stage.play(name, {})
    if (bare.result !== again.result || traced.took > SLOW) continue
    scenarios.push({ name, result: bare.result, reached: traced.reached, took: traced.took })
  }
  return scenarios.toSorted((a, b) => a.took - b.took)
}

function planOf(scenarios, count) {
  return Array.from({ length: count }, (_, point) => ({
    point,
    reaching: scenarios.filter(({ reached }) => reached.has(point)),
  })).filter(({ reaching }) => reaching.length > 0)
}

function* problemsOf(seen, scenario, { isCaught }) {
  if (seen.result !== scenario.result)
    yield `the application sees ${seen.result}, not ${scenario.result}`
  for (const error of seen.uncaught) yield `uncaught: ${error}`
  if (seen.thrown && !isCaught && !seen.isTold) yield 'the fault is neither counted nor told'
}

class Stage {
  #library
  #dialect
  #baseURL
  #sdk
  #told = new Told()
  #uncaught = []
  #unhandled = []

  constructor(library, dialect, baseURL, folder) {
    this.#library = library
    // what is done by itself needs no model in the process
    const shared = dialect.isLocal ? {} : own
    this.#dialect = { ...dialect, scenarios: { ...shared, ...dialect.scenarios } }
    this.#baseURL = baseURL
    this.#sdk = new FaultySdk(folder)
    process.on('uncaughtException', (error) => this.#uncaught.push(String(error)))
    process.on('unhandledRejection', (reason) => this.#unhandled.push(String(reason)))
  }

  get names() {
    return Object.keys(this.#dialect.scenarios)
  }

  /** Plays a scenario with a new copy of the SDK, which nobody uses where it is `bare`. */
  async play(name, { bare = false, armed }) {
    const began = performance.now()
    const options = { apiKey: 'CANARY-API-KEY', baseURL: this.#baseURL }
    const opened = this.#dialect.open(this.#library, options)
    const putBack = rememberMethods(this.#library, opened)
    let client = opened
    const sdk = this.#sdk.load()
    const telemetry = new Telemetry(this.#told)
    if (!bare) {
      telemetry.start()
      sdk.configure(OPTIONS)
      this.#sdk.arm(armed)
      client = sdk.instrument(opened)
    }
    const stage = { client, options, baseURL: this.#baseURL, sdk }
    const observed = await play(this.#library, this.#dialect, stage, name)
    await turn()
    await turn()
    if (!bare) await telemetry.stop()
    await turn()
    putBack()
    const unhandled = this.#unhandled.splice(0)
    return {
      result: JSON.stringify({ ...observed, unhandled }, (_, value) => value ?? null),
      uncaught: this.#uncaught.splice(0),
      isTold: this.#told.forget() > 0,
      reached: this.#sdk.reached,
      thrown: this.#sdk.thrown,
      took: performance.now() - began,
    }
  }
}

// a rejection of ours would be taken for one of the application's
const run = (...call) =>
  playWithFaults(...call).catch((error) => {
    process.stderr.write(`${error.stack}\n`)
    process.exit(1)
  })

module.exports = { run }
