import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'

/** How a program ended, and all that it printed. */
export interface Run {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly stdout: string
  readonly stderr: string
}

const LIMIT = 120_000

/** Runs Node in `folder` with nothing of this process's environment but what Node needs. */
export async function runNode(
  folder: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  started: (pid: number) => void = () => {},
): Promise<Run> {
  const child = spawn(process.execPath, args, {
    cwd: folder,
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const limit = setTimeout(() => child.kill('SIGKILL'), LIMIT)
  const ended = new Promise<Pick<Run, 'code' | 'signal'>>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code, signal) => resolve({ code, signal }))
  })
  if (child.pid !== undefined) started(child.pid)
  const [stdout, stderr, end] = await Promise.all([text(child.stdout), text(child.stderr), ended])
  clearTimeout(limit)
  return { ...end, stdout, stderr }
}
