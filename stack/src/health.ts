import { setTimeout as delay } from 'node:timers/promises'

const INTERVAL_MS = 100
const PROBE_DEADLINE_MS = 2_000

/** Polls `url` until it answers with success. Throws when `signal` aborts before. */
export async function untilHealthy(url: string, signal: AbortSignal): Promise<void> {
  while (!(await isHealthy(url))) await delay(INTERVAL_MS, undefined, { signal })
}

async function isHealthy(url: string): Promise<boolean> {
  return fetch(url, { signal: AbortSignal.timeout(PROBE_DEADLINE_MS) }).then(
    async (response) => {
      await response.body?.cancel()
      return response.ok
    },
    () => false,
  )
}
