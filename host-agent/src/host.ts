import { readdir, readFile, statfs } from 'node:fs/promises'
import { join } from 'node:path'
import { Absent, absentIfMissing } from './absent.ts'
import type { Host, Space } from './collector.ts'
import { untilAborted } from './deadline.ts'
import { createExec, type Exec } from './exec.ts'

/**
 * The machine that the agent runs on; `root` is where its files are, such as `/hostfs` in a container.
 * `hears` are who is told what is done, and what is noted.
 */
export function createHost(root: string, hears: Pick<Host, 'doing' | 'note'>): Host {
  const exec = createExec()
  const statfsHere = createStatfs()
  return {
    ...hears,
    readFile: async (path) => {
      const file = join(root, path)
      try {
        return await readFile(file, 'utf8')
      } catch (error) {
        throw absentIfMissing(error, `there is no ${file}`)
      }
    },
    readFolder: async (path) => {
      const folder = join(root, path)
      try {
        return await readdir(folder)
      } catch (error) {
        throw absentIfMissing(error, `there is no ${folder}`)
      }
    },
    exec,
    statfs: (path, signal, apart) =>
      apart ? statfsApart(exec, join(root, path), signal) : statfsHere(join(root, path), signal),
  }
}

// A call that never returns keeps one of the four threads that Node reads files with: one is enough.
function createStatfs(): (path: string, signal: AbortSignal) => Promise<Space> {
  const asked = new Set<string>()
  return (path, signal) => {
    if (asked.has(path)) return Promise.reject(new Error(`${path} has not answered yet`))
    asked.add(path)
    const answer = space(path).finally(() => asked.delete(path))
    return untilAborted(answer, signal, () => new Error(`${path} does not answer`))
  }
}

async function space(path: string): Promise<Space> {
  try {
    const { bsize, blocks, bfree, bavail } = await statfs(path)
    return { total: blocks * bsize, free: bfree * bsize, available: bavail * bsize }
  } catch (error) {
    throw absentIfMissing(error, `there is no ${path}`)
  }
}

// Node cannot even exit while one of its own threads hangs in a call; another process can be killed.
async function statfsApart(exec: Exec, path: string, signal: AbortSignal): Promise<Space> {
  const stat = exec('stat', ['-f', '-c', '%S %b %f %a', path], signal, path)
  const { stdout, stderr, status } = await stat.catch((cause: unknown) => {
    throw signal.aborted ? new Error(`${path} does not answer`, { cause }) : cause
  })
  if (/No such file/.test(stderr)) throw new Absent(`there is no ${path}`)
  if (status !== 0) throw new Error(stderr.trim())
  const [size = NaN, blocks = NaN, free = NaN, available = NaN] = stdout.split(' ').map(Number)
  return { total: blocks * size, free: free * size, available: available * size }
}
