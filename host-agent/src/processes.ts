import type { Host, PointAttributes } from './collector.ts'

interface Known {
  /** When the process started: a number that is given out again is another process. */
  readonly started: string
  readonly attributes: PointAttributes
}

const MOST_KNOWN = 4096

/**
 * Tells what a process is: its executable, its container, its pod. What was found is kept as long as
 * the process lives. Of a process that nobody may look into there is only the number.
 */
export function createProcesses({ readFile }: Host): (pid: number) => Promise<PointAttributes> {
  const known = new Map<number, Known>()
  const text = (path: string): Promise<string> => readFile(path).catch(() => '')
  return async (pid) => {
    const started = startOf(await text(`/proc/${pid}/stat`))
    const before = known.get(pid)
    if (before?.started === started) return before.attributes
    const [name, cgroup] = await Promise.all([
      text(`/proc/${pid}/comm`),
      text(`/proc/${pid}/cgroup`),
    ])
    const executable = name.trim()
    const attributes = {
      'process.pid': pid,
      ...(executable !== '' && { 'process.executable.name': executable }),
      ...parseCgroup(cgroup),
    }
    if (known.size >= MOST_KNOWN) known.clear()
    known.set(pid, { started, attributes })
    return attributes
  }
}

// The name of the program, in parentheses, may hold anything.
function startOf(stat: string): string {
  return stat.slice(stat.lastIndexOf(')')).split(' ')[20] ?? ''
}

/** The container and the pod of `/proc/<pid>/cgroup`, of either version, as every runtime writes them. */
export function parseCgroup(text: string): PointAttributes {
  const [, pod] = /pod([\da-f]{8}(?:[-_][\da-f]{4}){3}[-_][\da-f]{12}|[\da-f]{32})/.exec(text) ?? []
  const [, container] = /[/:-]([\da-f]{64})(?:\.scope)?(?:\/|$)/m.exec(text) ?? []
  return {
    ...(container !== undefined && { 'container.id': container }),
    ...(pod !== undefined && { 'k8s.pod.uid': pod.replaceAll('_', '-') }),
  }
}
