import { setTimeout as sleep } from 'node:timers/promises'
import { diag } from '@opentelemetry/api'
import { createDelivery } from './delivery/index.ts'
import { openHealth, type State } from './health.ts'
import { type AgentOptions, readOptions, unheeded } from './options.ts'
import { openReceivers } from './receiving.ts'
import { openRounds, type Rounds, type Telemetry } from './rounds.ts'

/** A running agent. */
export interface Agent {
  /**
   * Lets go of the GPU driver, so that a GPU can be reset or the driver replaced; everything else is
   * measured on. Resolves as soon as that has begun.
   */
  readonly release: () => Promise<void>
  /** Takes the driver up again. */
  readonly resume: () => Promise<void>
  /** Ends the measuring and sends what waits; resolves after two seconds at the latest. */
  readonly stop: () => Promise<void>
}

const FAREWELL_MS = 2000

/**
 * Measures and sends until it is stopped; nothing that goes wrong later is thrown. What `overrides`
 * leaves out comes from the environment. `log` takes the few lines that the agent has to say.
 * @throws TypeError when a variable of the environment is wrong.
 * @throws Error when the folder of the queue cannot be used.
 */
export function startAgent(
  overrides: Partial<AgentOptions> = {},
  log: (line: string) => void = (line) => diag.warn(`host-agent: ${line}`),
): Agent {
  const options = { ...readOptions(process.env), ...overrides }
  for (const line of unheeded(process.env)) log(line)
  const stopping = new AbortController()
  const delivery = createDelivery(options, log)
  const rounds = openRounds(
    options,
    (line) => {
      // What the stop itself cut short is no news.
      if (!stopping.signal.aborted) log(line)
    },
    delivery.samples,
  )
  const receiving = rounds.then((opened) => openReceivers(options, opened, delivery, log))
  // where nothing can be measured either, that is what is told
  receiving.catch(() => undefined)
  let newest: ReturnType<State['newest']>
  const offer = (telemetry: Telemetry): void => {
    newest = { metrics: telemetry.metrics, at: performance.now() }
    delivery.metrics.take(telemetry.metrics)
    if (telemetry.records.length > 0) delivery.logs.take([...telemetry.records])
  }
  const closeHealth = options.health
    ? openHealth(
        options.health,
        { newest: () => newest, lateMs: 3 * options.intervalMs, fault: delivery.fault },
        log,
      )
    : undefined
  const measuring = measure(rounds, options.intervalMs, stopping.signal, offer).catch((error) =>
    log(`has stopped: ${String(error)}`),
  )
  return {
    release: async () => (await rounds).release(),
    resume: async () => (await rounds).resume(),
    stop: async () => {
      stopping.abort()
      closeHealth?.()
      void rounds.then(({ end }) => end())
      const late = sleep(FAREWELL_MS, undefined, { ref: false })
      const told = Promise.allSettled([measuring, receiving.then((close) => close())])
      await Promise.race([told.then(delivery.close), late])
    },
  }
}

/** One round an interval by the monotonic clock; a round that took longer is followed at once. */
async function measure(
  rounds: Promise<Rounds>,
  intervalMs: number,
  signal: AbortSignal,
  offer: (telemetry: Telemetry) => void,
): Promise<void> {
  const { round } = await rounds
  let next = performance.now()
  while (!signal.aborted) {
    const telemetry = await round(signal)
    if (signal.aborted) return
    offer(telemetry)
    const now = performance.now()
    next = Math.max(next + intervalMs, now)
    await sleep(next - now, undefined, { signal }).catch(() => undefined)
  }
}
