import { setTimeout as sleep } from 'node:timers/promises'
import { diag } from '@opentelemetry/api'
import type { ResourceMetrics } from '@opentelemetry/sdk-metrics'
import { createDelivery } from './delivery.ts'
import { type AgentOptions, readOptions, unheeded } from './options.ts'
import { openRounds } from './rounds.ts'

/** A running agent. */
export interface Agent {
  /** Ends the measuring and sends what waits; resolves after two seconds at the latest. */
  readonly stop: () => Promise<void>
}

const FAREWELL_MS = 2000

/**
 * Measures and sends until it is stopped; nothing that goes wrong later is thrown. What `overrides`
 * leaves out comes from the environment. `log` takes the few lines that the agent has to say.
 * @throws TypeError when a variable of the environment is wrong.
 */
export function startAgent(
  overrides: Partial<AgentOptions> = {},
  log: (line: string) => void = (line) => diag.warn(`host-agent: ${line}`),
): Agent {
  const options = { ...readOptions(process.env), ...overrides }
  for (const line of unheeded(process.env)) log(line)
  const stopping = new AbortController()
  const delivery = createDelivery(options.url, log)
  const measuring = measure(options, stopping.signal, delivery.offer, log).catch((error) =>
    log(`has stopped: ${String(error)}`),
  )
  return {
    stop: async () => {
      stopping.abort()
      const late = sleep(FAREWELL_MS, undefined, { ref: false })
      await Promise.race([measuring.then(delivery.flush), late])
    },
  }
}

/** One round an interval by the monotonic clock; a round that took longer is followed at once. */
async function measure(
  options: AgentOptions,
  signal: AbortSignal,
  offer: (metrics: ResourceMetrics) => void,
  log: (line: string) => void,
): Promise<void> {
  const round = await openRounds(options, (line) => {
    // What the stop itself cut short is no news.
    if (!signal.aborted) log(line)
  })
  let next = performance.now()
  while (!signal.aborted) {
    const metrics = await round(signal)
    if (signal.aborted) return
    offer(metrics)
    const now = performance.now()
    next = Math.max(next + options.intervalMs, now)
    await sleep(next - now, undefined, { signal }).catch(() => undefined)
  }
}
