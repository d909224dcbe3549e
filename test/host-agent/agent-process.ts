import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url))
const MAIN = path('../../host-agent/src/main.ts')
const NODE_ARGUMENTS = ['--conditions=@llmscope/source', '--disable-warning=ExperimentalWarning']

/** A host's files, and an `nvidia-smi` that answers from a recording. */
export const LINUX: string = path('../fixtures/host-agent/linux')
export const SMI_PATH = `${path('../fixtures/host-agent/bin')}:/usr/bin:/bin`
export const recording = (name: string): string =>
  path(`../fixtures/host-agent/nvidia-smi/${name}.txt`)

type Environment = Record<string, string>

/** One point as `--once --json` prints it. */
export interface Line {
  readonly name: string
  readonly unit: string
  readonly value: number
  readonly attributes: Readonly<Record<string, string | number>>
}

/** Runs the command to its end; one that does not end is killed. */
export async function run(
  args: readonly string[],
  env: Environment = {},
): Promise<{ stdout: string; stderr: string; code: number }> {
  const options = { env, maxBuffer: 2 ** 24, timeout: 60_000 }
  try {
    const all = [...NODE_ARGUMENTS, MAIN, ...args]
    return { ...(await promisify(execFile)(process.execPath, all, options)), code: 0 }
  } catch (error) {
    return error as { stdout: string; stderr: string; code: number }
  }
}

/** What `--once --json` says of the recorded host, or of the real one with `hostRoot` at `/`. */
export async function measure(
  args: readonly string[],
  env: Environment = {},
  hostRoot = LINUX,
): Promise<{ lines: Line[]; resource: Record<string, unknown>; stderr: string }> {
  const all = ['--once', '--json', '--host-root', hostRoot, ...args]
  const { stdout, stderr } = await run(all, { PATH: SMI_PATH, ...env })
  const [first, ...rest] = stdout
    .trim()
    .split('\n')
    .map((line): unknown => JSON.parse(line))
  return {
    lines: rest as Line[],
    resource: (first as { resource: Record<string, unknown> }).resource,
    stderr,
  }
}

/** The values of the points of a metric that have these attributes, among others. */
export function values(
  lines: readonly Line[],
  name: string,
  attributes: Readonly<Record<string, string | number>> = {},
): number[] {
  const wanted = Object.entries(attributes)
  return lines
    .filter((line) => line.name === name)
    .filter((line) => wanted.every(([key, value]) => line.attributes[key] === value))
    .map(({ value }) => value)
}

/** An agent that runs until it is told to stop. */
export class AgentProcess {
  stderr = ''
  readonly child: ChildProcess

  constructor(args: readonly string[], env: Environment) {
    this.child = spawn(process.execPath, [...NODE_ARGUMENTS, MAIN, ...args], {
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    this.child.stderr?.setEncoding('utf8').on('data', (text: string) => (this.stderr += text))
  }

  /** Asks it to end; resolves with its exit status and how long it took. */
  async end(signal: NodeJS.Signals = 'SIGTERM'): Promise<{ code: number; ms: number }> {
    const { exitCode, signalCode } = this.child
    if (exitCode !== null || signalCode !== null) return { code: exitCode ?? -1, ms: 0 }
    const started = performance.now()
    this.child.kill(signal)
    const [code] = (await once(this.child, 'exit')) as [number]
    return { code, ms: performance.now() - started }
  }
}
