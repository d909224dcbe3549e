import type { ResourceMetrics } from '@opentelemetry/sdk-metrics'
import { collectors } from './collectors/index.ts'
import type { Host } from './collector.ts'
import { createHost } from './host.ts'
import type { AgentOptions } from './options.ts'
import { createPoints } from './points.ts'
import { describeHost } from './resource.ts'
import { createSampler } from './sampler.ts'

/** Gets ready to measure; each call of what it returns is one round over the chosen collectors. */
export async function openRounds(
  options: Omit<AgentOptions, 'url'>,
  log: (line: string) => void,
): Promise<(signal: AbortSignal) => Promise<ResourceMetrics>> {
  const host = createHost(options.hostRoot)
  const chosen = collectors.filter(({ name }) => options.collectors.includes(name))
  const deadlineMs = Math.min(options.deadlineMs, options.intervalMs)
  const sample = createSampler(chosen, host, deadlineMs, log)
  const points = createPoints(await describeHost(host, options.hostRoot), await bootTime(host))
  return async (signal) => points(await sample(signal), Date.now())
}

/** When the counters of the kernel began, in epoch milliseconds; now, where it does not tell. */
async function bootTime({ readFile }: Host): Promise<number> {
  const stat = await readFile('/proc/stat').catch(() => '')
  const [, seconds] = /^btime (\d+)$/m.exec(stat) ?? []
  return seconds === undefined ? Date.now() : Number(seconds) * 1000
}
