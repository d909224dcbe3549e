import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface, type Interface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { endWithThisProcess } from '@llmscope/stack'

/** A process of the demo, and what it says line by line. */
export interface Running {
  readonly process: ChildProcess
  readonly lines: Interface
  /** Resolves when the process is over, with its exit code. */
  readonly exit: Promise<number | null>
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
  const child = spawn(process.execPath, [...preload, file, ...(options.args ?? [])], {
    cwd: ROOT,
    env: { ...process.env, ...options.env },
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  endWithThisProcess(child)
  return {
    process: child,
    lines: createInterface({ input: child.stdout }),
    exit: once(child, 'exit').then(([code]) => code as number | null),
  }
}

/** Asks a process to end and waits for it. */
export async function end({ process: child, exit }: Running): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM')
  await exit
}
