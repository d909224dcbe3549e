import { execFile } from 'node:child_process'
import { createHash, randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { copyFile, cp, mkdir, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { homedir } from 'node:os'
import { basename, join, resolve } from 'node:path'
import { promisify } from 'node:util'

/** A folder in which programs run as in a user's project: a pinned install, and our SDK as it is packed. */
export interface Workspace {
  readonly folder: string
  /** Our SDK as `npm publish` would send it. */
  readonly tarball: string
  remove(): Promise<void>
}

const execute = promisify(execFile)
const HERE = import.meta.dirname
const SDK = join(HERE, '../../sdk')
const MANIFESTS = ['package.json', 'package-lock.json']

/**
 * Opens a workspace of its own over the cached install of `test/clients/<client>`, with the programs
 * of `test/clients/<programs>` in it, and beside them the folders that they share with others. The
 * SDK lies nearer to them than the install, which is never written to: runs that overlap do not meet.
 */
export async function openWorkspace(
  client: string,
  programs: string,
  ...shared: string[]
): Promise<Workspace> {
  const root = join(await install(client), 'runs', randomUUID())
  await mkdir(root, { recursive: true })
  for (const name of [programs, ...shared]) {
    await cp(join(HERE, name), join(root, name), { recursive: true })
  }
  const tarball = await unpackSdk(join(root, 'node_modules/@llmscope/sdk'))
  const remove = (): Promise<void> => rm(root, { recursive: true, force: true })
  return { folder: join(root, programs), tarball, remove }
}

/** Installs a client, a folder here or elsewhere, once for each content of its manifest and lockfile, outside the clone. */
export const install = (client: string): Promise<string> => installFrom(resolve(HERE, client))

/** Installs what a folder's manifest and lockfile say. Returns where that is. */
export async function installFrom(source: string): Promise<string> {
  const hash = createHash('sha256')
  for (const file of MANIFESTS) hash.update(await readFile(join(source, file)))
  const target = join(
    cacheFolder(),
    'clients',
    `${basename(source)}-${hash.digest('hex').slice(0, 12)}`,
  )
  if (existsSync(target)) return target

  const building = `${target}.${randomUUID()}`
  await mkdir(building, { recursive: true })
  for (const file of MANIFESTS) await copyFile(join(source, file), join(building, file))
  await execute('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: building })
  await rename(building, target).catch(async (error: unknown) => {
    // somebody else was quicker with the same install
    await rm(building, { recursive: true, force: true })
    if (!existsSync(target)) throw error
  })
  return target
}

function cacheFolder(): string {
  const base = process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache')
  return process.env['LLMSCOPE_CACHE'] ?? join(base, 'llmscope')
}

/** Lays down what `npm publish` would send. Returns where that is. */
async function unpackSdk(folder: string): Promise<string> {
  if (!(await isBuilt())) throw new Error('The SDK is not built as it is now. Run: npm run build')
  await mkdir(folder, { recursive: true })
  const pack = ['pack', '--ignore-scripts', '--json', '--pack-destination', folder]
  const { stdout } = await execute('npm', pack, { cwd: SDK })
  const [tarball] = Object.values(JSON.parse(stdout) as Record<string, { filename: string }>)
  if (!tarball) throw new Error(`npm pack wrote nothing: ${stdout}`)
  await execute('tar', ['-xzf', tarball.filename, '--strip-components=1'], { cwd: folder })
  return join(folder, tarball.filename)
}

/** Whether the SDK's programs are younger than its sources. */
async function isBuilt(): Promise<boolean> {
  const program = join(SDK, 'dist/register.js')
  if (!existsSync(program)) return false
  const { mtimeMs: built } = await stat(program)
  const files = await readdir(join(SDK, 'src'), { recursive: true })
  const changed = await Promise.all(files.map((file) => stat(join(SDK, 'src', file))))
  return changed.every(({ mtimeMs }) => mtimeMs <= built)
}
