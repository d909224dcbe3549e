import { Absent } from '../../absent.ts'
import type { Collector, Host, PointAttributes, Sample } from '../../collector.ts'
import { readInterfaces } from '../network.ts'
import type { Hierarchy, Usage } from './cgroup.ts'
import { type Container, findContainers } from './find.ts'
import { type ContainerMetric, containerMetrics } from './metrics.ts'
import { type FirstProcess, readProcess, readUptime } from './process.ts'
import { version1 } from './v1.ts'
import { version2 } from './v2.ts'

const LOOKED_FOR_EVERY_MS = 15_000

/** What the containers of the host use, by their cgroups of either version. */
export const containers: Collector<ContainerMetric> = {
  name: 'containers',
  metrics: containerMetrics,
  open: (host) => {
    let found: readonly Container[] = []
    let lookedAt = -Infinity
    const started = new Map<string, number>()
    const read = (file: string): Promise<string> => host.readFile(file).catch(() => '')
    return async function* (signal) {
      const hierarchy = await hierarchyOf(host)
      if (performance.now() - lookedAt >= LOOKED_FOR_EVERY_MS) {
        found = await findContainers(host, hierarchy.root)
        lookedAt = performance.now()
        forget(started, found)
      }
      const hostUptime = await readUptime(host)
      const hostNetwork = await readInterfaces(host)
      for (const { id, path, attributes } of found) {
        if (signal.aborted) return
        const pids = await read(`${hierarchy.root}${path}/cgroup.procs`)
        const pid = Number.parseInt(pids, 10)
        // it ended since it was found
        if (Number.isNaN(pid)) continue
        const process = await readProcess(pid, hostUptime, hostNetwork, read)
        const usage = await hierarchy.usage(path, read)
        // the start is told once: each reading of it is a little off
        const since = started.get(id) ?? Date.now() - process.uptime * 1000
        started.set(id, since)
        yield* samples(usage, process, attributes, since)
      }
    }
  },
}

async function hierarchyOf({ readFolder }: Host): Promise<Hierarchy> {
  const names = await readFolder('/sys/fs/cgroup')
  if (names.includes('cgroup.controllers')) return version2
  if (names.includes('memory')) return version1
  throw new Absent('there are no cgroups in /sys/fs/cgroup')
}

function forget(started: Map<string, number>, found: readonly Container[]): void {
  const ids = new Set(found.map(({ id }) => id))
  for (const id of started.keys()) if (!ids.has(id)) started.delete(id)
}

function* samples(
  usage: Usage,
  { uptime, network }: FirstProcess,
  attributes: PointAttributes,
  since: number,
): Generator<Sample<ContainerMetric>> {
  const now = (metric: ContainerMetric, value: number): Sample<ContainerMetric> => ({
    metric,
    value,
    attributes,
  })
  const counter = (
    metric: ContainerMetric,
    value: number,
    more: PointAttributes = {},
  ): Sample<ContainerMetric> => ({
    metric,
    value,
    attributes: { ...attributes, ...more },
    ...(Number.isFinite(since) && { since }),
  })
  const { cpu, memory, faults, disk } = usage
  for (const [mode, seconds] of Object.entries(cpu))
    yield counter('container.cpu.time', seconds, { 'cpu.mode': mode })
  yield counter('container.cpu.throttled.time', usage.throttled)
  yield now('container.memory.usage', memory.usage)
  yield now('container.memory.rss', memory.rss)
  yield now('container.memory.working_set', memory.workingSet)
  yield now('container.memory.available', Math.max(0, memory.limit - memory.usage))
  yield counter('container.memory.oom_kills', usage.oomKills)
  for (const [type, count] of Object.entries(faults))
    yield counter('container.paging.faults', count, { 'system.paging.fault.type': type })
  for (const [direction, bytes] of Object.entries(disk))
    yield counter('container.disk.io', bytes, { 'disk.io.direction': direction })
  for (const [direction, bytes] of Object.entries(network ?? {}))
    yield counter('container.network.io', bytes, { 'network.io.direction': direction })
  yield now('container.process.count', usage.processes)
  yield now('container.uptime', uptime)
}
