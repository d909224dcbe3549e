import { type ChildProcess, spawn } from 'node:child_process'
import { absentIfMissing } from './absent.ts'
import type { CommandResult } from './collector.ts'
import { untilAborted } from './deadline.ts'

const MOST_OUTPUT = 4 * 2 ** 20

/** As `Host.exec`; `target` is what a run may hang in, where that differs from run to run. */
export type Exec = (
  command: string,
  args: readonly string[],
  signal: AbortSignal,
  target?: string,
) => Promise<CommandResult>

/**
 * Runs commands found on the PATH. One that is killed can outlive its kill (in uninterruptible sleep
 * in a driver), so it is refused for the same target until the process is really gone.
 */
export function createExec(): Exec {
  const running = new Map<string, ChildProcess>()
  return async (command, args, signal, target) => {
    const job = target === undefined ? command : `${command} ${target}`
    const earlier = running.get(job)
    if (earlier) throw new Error(`${job} (process ${earlier.pid}) has not ended yet`)
    const child = spawn(command, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, LC_ALL: 'C' },
    })
    running.set(job, child)
    const forget = (): boolean => running.delete(job)
    child.once('exit', forget).once('error', forget)
    try {
      return await untilAborted(
        result(child, command),
        signal,
        () => new Error(`${command} did not end in time and was killed`),
      )
    } catch (error) {
      abandon(child)
      throw error
    }
  }
}

function result(child: ChildProcess, command: string): Promise<CommandResult> {
  const { promise, resolve, reject } = Promise.withResolvers<CommandResult>()
  const output = { stdout: '', stderr: '' }
  for (const name of ['stdout', 'stderr'] as const) {
    child[name]?.setEncoding('utf8').on('data', (chunk: string) => {
      output[name] += chunk
      if (output[name].length > MOST_OUTPUT) reject(new Error(`${command} wrote too much`))
    })
  }
  child.once('close', (status) => resolve({ ...output, status }))
  child.once('error', (error) => reject(absentIfMissing(error, `${command} is not on the PATH`)))
  return promise
}

function abandon(child: ChildProcess): void {
  child.kill('SIGKILL')
  child.stdout?.destroy()
  child.stderr?.destroy()
  child.unref()
}
