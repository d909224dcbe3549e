import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** An installed package. */
export interface Package {
  readonly name: string
  readonly version: string
  readonly folder: string
}

/** The package that a file belongs to, given by path or URL. */
export function packageOf(file: string): Package | undefined {
  let folder = dirname(file.startsWith('file:') ? fileURLToPath(file) : file)
  for (;;) {
    const found = packageIn(folder)
    if (found) return found
    const parent = dirname(folder)
    if (parent === folder) return undefined
    folder = parent
  }
}

/** The package that `name` means for a module in this folder. */
export function packageFrom(folder: string, name: string): Package | undefined {
  const paths = createRequire(join(folder, 'index.js')).resolve.paths(name) ?? []
  for (const path of paths) {
    const found = packageIn(join(path, name))
    if (found) return found
  }
  return undefined
}

/** The package whose manifest lies in this folder; manifests that only tell a module format are none. */
export function packageIn(folder: string): Package | undefined {
  const manifest = join(folder, 'package.json')
  if (!existsSync(manifest)) return undefined
  try {
    const { name, version } = JSON.parse(readFileSync(manifest, 'utf8')) as Partial<Package>
    return name !== undefined && version !== undefined ? { name, version, folder } : undefined
  } catch {
    return undefined
  }
}
