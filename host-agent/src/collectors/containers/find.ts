import type { Host, PointAttributes } from '../../collector.ts'
import { parseCgroup } from '../../processes.ts'

/** A container, by its folder below the root of the cgroups. */
export interface Container {
  readonly id: string
  readonly path: string
  readonly attributes: PointAttributes
}

const MOST = 500
const DEEPEST = 8
const FILE =
  /^(cgroup|cpu|cpuacct|cpuset|memory|io|blkio|pids|hugetlb|rdma|misc|irq|devices|freezer|net_cls|net_prio|perf_event|debug)\.|^(tasks|notify_on_release|release_agent)$/
/** What watches a container, which has its number too. */
const WATCHER = /conmon/

/** The containers below a folder, as every runtime names theirs; of very many the first. */
export async function findContainers(
  { readFolder, note }: Host,
  root: string,
): Promise<Container[]> {
  const found: Container[] = []
  const look = async (path: string, depth: number): Promise<void> => {
    // a cgroup may be gone by now, and a file that is not on the list is no folder
    const names = await readFolder(root + path).catch(() => [])
    for (const name of names.filter((each) => !FILE.test(each) && !WATCHER.test(each))) {
      const below = `${path}/${name}`
      const attributes = parseCgroup(below)
      const id = attributes['container.id']
      if (typeof id === 'string') found.push({ id, path: below, attributes })
      else if (depth < DEEPEST) await look(below, depth + 1)
    }
  }
  // the root itself must be there
  await readFolder(root)
  await look('', 0)
  if (found.length > MOST) note(`containers: of ${found.length} only ${MOST} are measured`)
  return found.slice(0, MOST)
}
