import { setTimeout as delay } from 'node:timers/promises'

const INTERVAL_MS = 100
const PROBE_DEADLINE_MS = 2_000

/** Polls `url` until it answers with success. Throws when `signal` aborts before. */
export async function untilHealthy(url: string, signal: AbortSignal): Promise<void> {
  while (!(await isHealthy(url, signal))) await delay(INTERVAL_MS, undefined, { signal })
}

async function isHealthy(url: string, signal: AbortSignal): Promise<boolean> {
  const deadline = AbortSignal.any([signal, AbortSignal.timeout(PROBE_DEADLINE_MS)])
  return fetch(url, { signal: deadline }).then(
    async (response) => {
      await response.body?.cancel()
      return response.ok
    },
    () => false,
  )
}
