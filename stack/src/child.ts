import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { open, readFile } from 'node:fs/promises'
import { Socket } from 'node:net'

const STOP_DEADLINE_MS = 10_000
const LOG_LINES = 15

export interface Command {
  readonly file: string
  readonly args: readonly string[]
  readonly env: NodeJS.ProcessEnv
  /** The file that gets what it prints. */
  readonly log: string
}

/** A running program. */
export interface Child {
  /** How it ended, in words, once it has. */
  readonly ended: Promise<string>
  /** Asks it to end, and kills it where it has not within 10 seconds. */
  readonly stop: () => Promise<void>
}

/** Starts a program that ends with this process, however this process ends. */
export async function startChild(command: Command): Promise<Child> {
  const log = await open(command.log, 'a')
  // A group of its own: Ctrl-C reaches this process alone, which then stops all in their order.
  const child = spawn(command.file, command.args, {
    env: command.env,
    stdio: ['ignore', log.fd, log.fd],
    detached: true,
  })
  const ended = endOf(child)
  await log.close()
  endWithThisProcess(child)
  return {
    ended,
    stop: async () => {
      child.kill('SIGTERM')
      const timer = setTimeout(() => child.kill('SIGKILL'), STOP_DEADLINE_MS)
      await ended
      clearTimeout(timer)
    },
  }
}

/** The last lines of a child's log, for an error message. */
export async function endOfLog(file: string): Promise<string> {
  const lines = (await readFile(file, 'utf8')).trimEnd().split('\n')
  return lines.slice(-LOG_LINES).join('\n')
}

async function endOf(child: ChildProcess): Promise<string> {
  try {
    const [status, signal] = (await once(child, 'exit')) as [number | null, string | null]
    return signal === null ? `exit status ${status}` : `signal ${signal}`
  } catch (error) {
    return `it could not be started: ${String(error)}`
  }
}

/**
 * Has `child` end with this process, even where that is killed: a shell waits for the end of its
 * standard input, which comes with the end of this process, and then ends the child.
 */
export function endWithThisProcess(child: ChildProcess): void {
  if (child.pid === undefined) return
  const script = 'read -r _; kill "$0" && sleep 5 && kill -KILL "$0"'
  const guard = spawn('sh', ['-c', script, String(child.pid)], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  })
  guard.on('error', () => undefined)
  guard.unref()
  if (guard.stdin instanceof Socket) guard.stdin.unref()
  child.once('exit', () => guard.kill('SIGKILL'))
}
