import { createRequire } from 'node:module'
import { dirname } from 'node:path'
import { realpathSync } from 'node:fs'
import { type Package, packageFrom, packageOf } from './package.ts'

const API = '@opentelemetry/api'

/** A copy of the OpenTelemetry API in this process. */
export interface ApiCopy extends Package {
  /** Whether what it registers and finds is what the others do. */
  readonly isShared: boolean
}

interface Registered {
  readonly version?: string
}

/** The copies of the API that this process has loaded, as far as can be seen. */
export function apiCopies(applicationFolder: string): ApiCopy[] {
  const registered = (globalThis as Record<symbol, Registered | undefined>)[
    Symbol.for('opentelemetry.js.api.1')
  ]
  const copies = [
    packageFrom(dirname(new URL(import.meta.url).pathname), API),
    packageFrom(applicationFolder, API),
    ...Object.keys(createRequire(import.meta.url).cache)
      .filter((file) => /node_modules[\\/]@opentelemetry[\\/]api[\\/]/.test(file))
      .map(packageOf),
  ].filter((copy) => copy !== undefined)
  const byFolder = new Map(copies.map((copy) => [realpathSync(copy.folder), copy]))
  return [...byFolder.values()].map(({ name, version, folder }) => ({
    name,
    version,
    folder,
    isShared: sees(version, registered?.version ?? version),
  }))
}

/** Whether a copy of the API finds what a copy of another version has registered: not what an older minor has. */
export function sees(version: string, registered: string): boolean {
  const [major, minor = 0] = version.split('.').map(Number)
  const [otherMajor, otherMinor = 0] = registered.split('.').map(Number)
  return major === otherMajor && minor <= otherMinor
}
