import { createRequire } from 'node:module'
import { join } from 'node:path'
import { setImmediate as turn } from 'node:timers/promises'
import { Script } from 'node:vm'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { forgetTelemetry } from '../sdk/telemetry.ts'
import { type FaultPoint, withFaultPoints } from './chaos/fault-points.ts'

/** What consists of guarded work alone, what is the application's, and what tells of wrong options. */
const SPARED =
  /^(configure|guard|fault|within|entered|attempt|reportLater|deliver|flush|send|keep|fn|nextLoad|sdk\.shutdown)$/
/** By which a signal that was held up goes on: there is nothing in them to fail. */
const NODE = /^(process\.(listenerCount|kill)|setImmediate|ended\.then)$/
const CHECKING = /^options\.ts/

type Listener = (...args: unknown[]) => unknown
type Load = (url: string, context: object, next: () => object) => { readonly source: string }

/** What a start registers with Node. */
class Registered {
  readonly loads: Load[] = []
  readonly listeners = new Map<string, Listener>()

  readonly add = (name: string | symbol, listener: Listener): NodeJS.Process => {
    this.listeners.set(String(name), listener)
    return process
  }
}

interface Sdk {
  start(options: object): object
}

const require = createRequire(import.meta.url)
const file = join(import.meta.dirname, 'faulty-sdk.cjs')
const module = require('node:module') as object

let make: (exports: object, require: unknown, file: string, chaos: (point: number) => void) => void
let points: readonly FaultPoint[]
beforeAll(async () => {
  const faulty = await withFaultPoints(
    ['start.ts'],
    (callee, place) => SPARED.test(callee) || NODE.test(callee) || CHECKING.test(place),
  )
  ;({ points } = faulty)
  const text = `(function (exports, require, __filename, chaos) {${faulty.code}\n})`
  make = new Script(text, { filename: file }).runInThisContext() as typeof make
})

const uncaught = vi.fn<(error: unknown) => void>()
beforeAll(() => {
  vi.stubEnv('LLMSCOPE_REPORT', '')
  for (const signal of ['TRACES', 'METRICS', 'LOGS']) {
    vi.stubEnv(`OTEL_${signal}_EXPORTER`, 'none')
  }
})
afterEach(() => vi.restoreAllMocks())
afterAll(() => vi.unstubAllEnvs())

/** Starts a new copy of the SDK that throws at one of its points, and does with it what Node does. */
async function live(armed?: number): Promise<Set<number>> {
  const reached = new Set<number>()
  // a module that cannot be loaded is told by the import
  let isLoaded = false
  const registered = new Registered()
  const chaos = (point: number): void => {
    const isFirst = isLoaded && !reached.has(point)
    if (isLoaded) reached.add(point)
    if (isFirst && point === armed) throw new Error(`fault ${point}`)
  }
  for (const name of ['on', 'once', 'prependListener'] as const) {
    vi.spyOn(process, name).mockImplementation(registered.add)
  }
  vi.spyOn(process, 'emitWarning').mockImplementation(() => undefined)
  const kill = vi.spyOn(process, 'kill').mockReturnValue(true)
  const hooks = {
    ...module,
    registerHooks: ({ load }: { readonly load: Load }) => registered.loads.push(load),
  }
  const sdk = {} as Sdk
  make(sdk, (name: string) => (name === 'node:module' ? hooks : require(name)), file, chaos)
  isLoaded = true

  sdk.start({})
  const client = { format: 'module', source: 'export class OpenAI {}' }
  for (const load of registered.loads) {
    const { source } = load('file:///app/node_modules/openai/client.mjs', {}, () => client)
    expect(source.startsWith(client.source)).toBe(true)
  }
  const tell = Reflect.get(globalThis, Symbol.for('llmscope.loaded')) as Listener | undefined
  tell?.('openai', {}, 'ESM', 'file:///app/node_modules/openai/client.mjs')
  for (const name of ['beforeExit', 'exit', 'SIGTERM']) {
    registered.listeners.get(name)?.()
  }
  const signals = registered.listeners.has('SIGTERM') ? 1 : 0
  await vi.waitFor(() => expect(kill).toHaveBeenCalledTimes(signals))
  await turn()
  vi.restoreAllMocks()
  forgetTelemetry()
  return reached
}

test('whatever throws while the SDK starts, hears of modules or ends, the application goes on', async () => {
  process.on('uncaughtException', uncaught)
  process.on('unhandledRejection', uncaught)
  const reached = await live()
  expect(reached.size).toBeGreaterThan(50)
  const problems: string[] = []
  for (const point of reached) {
    await live(point).catch((error: unknown) => {
      problems.push(`${points[point]?.place}: ${String(error)}`)
    })
  }
  expect(problems).toEqual([])
  process.off('uncaughtException', uncaught)
  process.off('unhandledRejection', uncaught)
  expect(uncaught.mock.calls).toEqual([])
})
