import { spawnSync } from 'node:child_process'

/** Set to 1 to leave out the tests that need Prometheus' and Alertmanager's own programs. */
export const leftOut: boolean = process.env['LLMSCOPE_WITHOUT_RULE_TOOLS'] === '1'

const HOW_TO_INSTALL =
  'Install it: `apt-get install prometheus prometheus-alertmanager` on Debian and Ubuntu, ' +
  '`brew install prometheus alertmanager` on macOS. ' +
  'To leave out what needs it, set LLMSCOPE_WITHOUT_RULE_TOOLS=1.'

export interface Outcome {
  readonly status: number | null
  /** What it wrote, to standard output and standard error. */
  readonly text: string
}

/** Runs a program to its end. Throws, and says how to install it, where it is not installed. */
export function run(program: string, ...args: readonly string[]): Outcome {
  const { error, status, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8' })
  if (error) throw new Error(`${program} cannot be run. ${HOW_TO_INSTALL}`, { cause: error })
  return { status, text: stdout + stderr }
}

/** The first of several names of a program that can be run. Throws where there is none. */
export function installed(...names: readonly [string, ...string[]]): string {
  const found = names.find((name) => !spawnSync(name, ['--version']).error)
  if (found) return found
  throw new Error(`${names[0]} is not installed. ${HOW_TO_INSTALL}`)
}
