import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface, type Interface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { endWithThisProcess } from '@llmscope/stack'

/** A process of the demo, and what it says line by line. */
export interface Running {
  readonly process: ChildProcess
  readonly lines: Interface
  /** Resolves when the process is over, with its exit code or the signal that ended it. */
  readonly exit: Promise<number | NodeJS.Signals>
}

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

/** Runs a file of the repository with this Node, as it would run for a user. */
export function run(
  file: string,
  options: {
    readonly args?: readonly string[]
    readonly env: NodeJS.ProcessEnv
    /** Whether llmscope is loaded before it. */
    readonly traced?: boolean
  },
): Running {
  const preload = options.traced ? ['--import', '@llmscope/sdk/register'] : []
  // A group of its own: Ctrl-C reaches this process alone, which then stops all in their order.
  const child = spawn(process.execPath, [...preload, file, ...(options.args ?? [])], {
    cwd: ROOT,
    env: { ...process.env, ...options.env },
    stdio: ['pipe', 'pipe', 'inherit'],
    detached: true,
  })
  endWithThisProcess(child)
  // of a process that has ended, `exit` tells
  child.stdin.on('error', () => undefined)
  return {
    process: child,
    lines: createInterface({ input: child.stdout }),
    exit: once(child, 'exit').then(([code, signal]) => (code ?? signal) as number | NodeJS.Signals),
  }
}

/** Asks a process to end and waits for it. */
export async function end({ process: child, exit }: Running): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM')
  await exit
}
