import { type ChildProcess, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { access, mkdir, mkdtemp, readdir, readFile, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { endWithThisProcess } from './child.ts'
import { cacheDirectory } from './paths.ts'
import { findOnPath, namedBinary, type Program } from './program.ts'

const FLAGS = ['-trimpath', '-ldflags=-s -w']
const PROGRESS_INTERVAL_MS = 15_000
const ERROR_LINES = 15

export interface BuildOptions {
  readonly env: NodeJS.ProcessEnv
  /** Is told, in one line, what is being done. */
  readonly onProgress: (line: string) => void
  /** Ends a build when it aborts. */
  readonly signal?: AbortSignal
}

/**
 * A binary for each of `users`, in their order: the one that the environment names, the one in the
 * cache, or one built now. Throws, before it builds anything, where something has to be built and
 * there is no Go; the signal's reason, with nothing left behind, where that aborts.
 */
export async function provide<User extends { readonly program: Program }>(
  users: readonly User[],
  options: BuildOptions,
): Promise<Map<User, string>> {
  const binaries = new Map<User, string>()
  const missing: Program[] = []
  for (const user of users) {
    const named = await namedBinary(user.program, options.env)
    const file = named ?? (await cachedBinary(user.program, options.env))
    binaries.set(user, file)
    if (!(await exists(file))) missing.push(user.program)
  }
  if (missing.length === 0) return binaries
  const go = await findOnPath('go', options.env)
  if (!go) throw new Error(goIsMissing(missing))
  for (const program of missing) await build(go, program, options)
  return binaries
}

/** Where the cache keeps the binary of exactly these sources, flags and platform. */
async function cachedBinary({ name, source }: Program, env: NodeJS.ProcessEnv): Promise<string> {
  const hash = createHash('sha256')
  const platform = [process.platform, process.arch]
  hash.update(JSON.stringify([platform, FLAGS, source.tags, source.package]))
  const files = await readdir(source.directory)
  for (const file of files.filter((each) => /(\.go|^go\.(mod|sum))$/.test(each)).toSorted()) {
    hash.update(`\0${file}\0`).update(await readFile(join(source.directory, file)))
  }
  return join(cacheDirectory(env), `${name}-${hash.digest('hex').slice(0, 16)}`, name)
}

/** Builds beside the cache's folder and renames it into place, so that it is whole or not there. */
async function build(go: string, program: Program, options: BuildOptions): Promise<void> {
  const { name, source } = program
  const file = await cachedBinary(program, options.env)
  const folder = dirname(file)
  await mkdir(dirname(folder), { recursive: true })
  const unfinished = await mkdtemp(`${folder}.building-`)
  try {
    const args = ['build', '-C', source.directory, '-v', ...FLAGS, '-tags', source.tags.join(',')]
    args.push('-o', join(unfinished, name), source.package)
    // Go's own temporary files too are in the folder that is removed, however Go ends.
    const env = { ...options.env, GOTMPDIR: unfinished }
    await runGo(go, args, { ...options, env, name })
    await rename(unfinished, folder).catch(async (error: unknown) => {
      // Another process was first: its binary is of the same sources.
      if (!(await exists(file))) throw error
    })
  } finally {
    await rm(unfinished, { recursive: true, force: true, maxRetries: 3 })
  }
}

async function runGo(
  go: string,
  args: readonly string[],
  { env, onProgress, signal, name }: BuildOptions & { readonly name: string },
): Promise<void> {
  signal?.throwIfAborted()
  const started = Date.now()
  const elapsed = (): string => `${Math.round((Date.now() - started) / 1000)} s`
  onProgress(`building ${name} (once; the first build on a machine takes minutes)`)
  // A group of its own: its compilers end with it, and Ctrl-C reaches this process alone.
  const child = spawn(go, args, {
    env: { ...env, CGO_ENABLED: '0', GOFLAGS: '', GOWORK: 'off' },
    stdio: ['ignore', 'ignore', 'pipe'],
    detached: true,
  })
  endWithThisProcess(child)
  const end = (): void => killGroup(child)
  signal?.addEventListener('abort', end)
  const output: string[] = []
  createInterface({ input: child.stderr }).on('line', (line) => output.push(line))
  const timer = setInterval(() => {
    onProgress(`building ${name}: ${elapsed()}, ${output.length} packages so far`)
  }, PROGRESS_INTERVAL_MS)
  const status = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject).on('close', resolve)
  }).finally(() => {
    clearInterval(timer)
    signal?.removeEventListener('abort', end)
  })
  signal?.throwIfAborted()
  if (status !== 0) {
    throw new Error(
      `Building ${name} failed (go ended with ${status}). Its last lines:\n` +
        output.slice(-ERROR_LINES).join('\n'),
    )
  }
  onProgress(`built ${name} in ${elapsed()}`)
}

function killGroup({ pid, exitCode, signalCode }: ChildProcess): void {
  if (pid !== undefined && exitCode === null && signalCode === null) process.kill(-pid, 'SIGKILL')
}

function goIsMissing(programs: readonly Program[]): string {
  const names = programs.map((program) => program.name).join(', ')
  const variables = programs.map((program) => program.variable).join(', ')
  return (
    `Go was not found on PATH, and ${names} must be built with it. ` +
    `Install Go 1.26.7 or newer (https://go.dev/doc/install), ` +
    `or name binaries that you have in ${variables}.`
  )
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  )
}
