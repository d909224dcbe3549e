import { spawnSync } from 'node:child_process'

export interface Outcome {
  readonly status: number | null
  /** What it wrote, to standard output and standard error. */
  readonly text: string
}

/** Runs a program of PATH to its end; `test/rule-tools.ts` has put it there. */
export function run(program: string, ...args: readonly string[]): Outcome {
  const { error, status, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8' })
  if (error) throw error
  return { status, text: stdout + stderr }
}
