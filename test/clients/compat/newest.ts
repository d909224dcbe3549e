import { execFile } from 'node:child_process'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Adapter } from '../../../sdk/src/calls/adapter.ts'
import { adapters } from '../../../sdk/src/instrumentations/index.ts'
import type { Contract } from '../contract.ts'

const execute = promisify(execFile)
const CLIENTS = join(import.meta.dirname, '..')

interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>
}

interface Lockfile {
  readonly packages: Readonly<Record<string, { readonly version?: string }>>
}

/** A client in its newest version. */
export interface Newest {
  readonly contract: Contract
  readonly adapter: Adapter
  readonly version: string
  /** Where its manifest and lockfile are. */
  readonly folder: string
}

/** Writes a manifest and lockfile like those of a client's last install, with its newest version. */
export async function resolveNewest(contract: Contract, root: string): Promise<Newest> {
  const last = join(CLIENTS, contract.installs.at(-1) ?? '', 'package.json')
  const manifest = JSON.parse(await readFile(last, 'utf8')) as Manifest
  const adapter = adapters.find(({ module }) => module in manifest.dependencies)
  if (!adapter) throw new Error(`${last} depends on no client that is instrumented`)
  const { module } = adapter
  const folder = join(root, `${contract.client}-newest`)
  await mkdir(folder, { recursive: true })
  const dependencies = { ...manifest.dependencies, [module]: 'latest' }
  await writeFile(join(folder, 'package.json'), JSON.stringify({ ...manifest, dependencies }))
  await execute('npm', ['install', '--package-lock-only', '--ignore-scripts'], { cwd: folder })
  const lockfile = await readFile(join(folder, 'package-lock.json'), 'utf8')
  const { packages } = JSON.parse(lockfile) as Lockfile
  const version = packages[`node_modules/${module}`]?.version
  if (version === undefined) throw new Error(`npm has resolved no version of ${module}`)
  return { contract, adapter, version, folder }
}
