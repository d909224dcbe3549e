import { fields, type Hierarchy, number, total } from './cgroup.ts'

const ROOT = '/sys/fs/cgroup'

/** One tree for everything. */
export const version2: Hierarchy = {
  root: ROOT,
  usage: async (path, read) => {
    const file = (name: string): Promise<string> => read(`${ROOT}${path}/${name}`)
    const [cpuText, memoryText, events, current, max, io, pids] = await Promise.all(
      [
        'cpu.stat',
        'memory.stat',
        'memory.events',
        'memory.current',
        'memory.max',
        'io.stat',
        'pids.current',
      ].map(file),
    )
    const [cpu, memory] = [fields(cpuText ?? ''), fields(memoryText ?? '')]
    const usage = number(current ?? '')
    return {
      cpu: { user: cpu('user_usec') / 1e6, system: cpu('system_usec') / 1e6 },
      throttled: cpu('throttled_usec') / 1e6,
      memory: {
        usage,
        rss: memory('anon'),
        workingSet: Math.max(0, usage - memory('inactive_file')),
        limit: number(max ?? ''),
      },
      faults: {
        major: memory('pgmajfault'),
        minor: memory('pgfault') - memory('pgmajfault'),
      },
      oomKills: fields(events ?? '')('oom_kill'),
      processes: number(pids ?? ''),
      disk: { read: total(io ?? '', /rbytes=(\d+)/g), write: total(io ?? '', /wbytes=(\d+)/g) },
    }
  },
}
