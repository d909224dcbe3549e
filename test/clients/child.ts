import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'

/** How a program ended, and all that it printed. */
export interface Run {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly stdout: string
  readonly stderr: string
}

/** A program that runs. */
export interface Started {
  readonly pid: number | undefined
  readonly ended: Promise<Run>
}

const LIMIT = 240_000

/** Starts Node in `folder` with nothing of this process's environment but what Node needs. */
export function startNode(
  folder: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  limit: number = LIMIT,
): Started {
  const child = spawn(process.execPath, args, {
    cwd: folder,
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const killer = setTimeout(() => child.kill('SIGKILL'), limit)
  const closed = new Promise<Pick<Run, 'code' | 'signal'>>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code, signal) => resolve({ code, signal }))
  }).finally(() => clearTimeout(killer))
  const ended = Promise.all([text(child.stdout), text(child.stderr), closed]).then(
    ([stdout, stderr, end]) => ({ ...end, stdout, stderr }),
  )
  return { pid: child.pid, ended }
}

/** Runs Node in `folder` to its end. */
export function runNode(...call: Parameters<typeof startNode>): Promise<Run> {
  return startNode(...call).ended
}
