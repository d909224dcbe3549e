import { type ChildProcess, spawn } from 'node:child_process'
import { absentIfMissing } from './absent.ts'
import type { CommandResult, Host } from './collector.ts'
import { untilAborted } from './deadline.ts'

const MOST_OUTPUT = 4 * 2 ** 20

/**
 * Runs commands found on the PATH. One that is killed can outlive its kill (in uninterruptible sleep
 * in a driver), so its name is refused until the process is really gone.
 */
export function createExec(): Host['exec'] {
  const running = new Map<string, ChildProcess>()
  return async (command, args, signal) => {
    const earlier = running.get(command)
    if (earlier) throw new Error(`${command} (process ${earlier.pid}) has not ended yet`)
    const child = spawn(command, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, LC_ALL: 'C' },
    })
    running.set(command, child)
    const forget = (): boolean => running.delete(command)
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
