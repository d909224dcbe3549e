import { fields, type Hierarchy, number, total } from './cgroup.ts'

const ROOT = '/sys/fs/cgroup'
const TICKS = 100
/** What the kernel says where there is no limit is the largest number of pages. */
const NO_LIMIT = 2 ** 60

/** A tree for each resource, in which a container has the same path. */
export const version1: Hierarchy = {
  root: `${ROOT}/memory`,
  usage: async (path, read) => {
    const file = (controller: string, name: string): Promise<string> =>
      read(`${ROOT}/${controller}${path}/${name}`)
    const [cpuText, throttling, memoryText, current, max, control, io, pids] = await Promise.all([
      file('cpuacct', 'cpuacct.stat'),
      file('cpu', 'cpu.stat'),
      file('memory', 'memory.stat'),
      file('memory', 'memory.usage_in_bytes'),
      file('memory', 'memory.limit_in_bytes'),
      file('memory', 'memory.oom_control'),
      file('blkio', 'blkio.throttle.io_service_bytes'),
      file('pids', 'pids.current'),
    ])
    const [cpu, memory] = [fields(cpuText), fields(memoryText)]
    const [usage, limit] = [number(current), number(max)]
    return {
      cpu: { user: cpu('user') / TICKS, system: cpu('system') / TICKS },
      throttled: fields(throttling)('throttled_time') / 1e9,
      memory: {
        usage,
        rss: memory('total_rss'),
        workingSet: Math.max(0, usage - memory('total_inactive_file')),
        limit: limit < NO_LIMIT ? limit : NaN,
      },
      faults: {
        major: memory('total_pgmajfault'),
        minor: memory('total_pgfault') - memory('total_pgmajfault'),
      },
      oomKills: fields(control)('oom_kill'),
      processes: number(pids),
      disk: {
        read: total(io, /^\S+ Read (\d+)$/gm),
        write: total(io, /^\S+ Write (\d+)$/gm),
      },
    }
  },
}
