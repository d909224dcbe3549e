import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

const execute = promisify(execFile)
const HERE = import.meta.dirname
const REQUIREMENTS = join(HERE, 'requirements.txt')

/** What a script printed and how it ended. */
export interface Ran {
  readonly printed: readonly Readonly<Record<string, number>>[]
  readonly stderr: string
  /** False where it was killed, or has failed. */
  readonly ended: boolean
}

/** Installs the tools, once for each content of their requirements, outside the clone. Returns the folder of their programs. */
export async function installTools(): Promise<string> {
  const hash = createHash('sha256').update(await readFile(REQUIREMENTS))
  const base = process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache')
  const cache = process.env['LLMSCOPE_CACHE'] ?? join(base, 'llmscope')
  const target = join(cache, 'python', hash.digest('hex').slice(0, 12))
  if (existsSync(join(target, 'installed'))) return join(target, 'bin')
  await execute('python3', ['-m', 'venv', '--clear', target])
  const pip = ['-m', 'pip', 'install', '--no-deps', '--no-compile', '--quiet', '-r', REQUIREMENTS]
  await execute(join(target, 'bin/python'), pip, { maxBuffer: 2 ** 24 })
  // a virtual environment knows its own path and cannot be moved when it is whole
  await writeFile(join(target, 'installed'), '')
  return join(target, 'bin')
}

/** Runs one of the scripts to its end. */
export async function runScript(
  programs: string,
  script: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Ran> {
  const all = [join(HERE, 'scripts', script), ...args]
  const options = {
    maxBuffer: 2 ** 24,
    timeout: 120_000,
    env: { ...process.env, WANDB_MODE: 'offline', WANDB_SILENT: 'true', ...env },
  }
  try {
    const { stdout, stderr } = await execute(join(programs, 'python'), all, options)
    return { printed: lines(stdout), stderr, ended: true }
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string }
    return { printed: lines(stdout), stderr, ended: false }
  }
}

function lines(stdout: string): Ran['printed'] {
  return stdout
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line): Readonly<Record<string, number>> => JSON.parse(line))
}
