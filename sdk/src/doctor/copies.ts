import { readdirSync, realpathSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { type Package, packageIn } from './package.ts'

/** How deep packages may lie in each other. */
const DEPTH = 6

/** Every copy of a package that the application's node_modules and those above them hold. */
export function copiesOf(name: string, folder: string): Package[] {
  const found = new Map<string, Package>()
  for (const root of [folder, ...ancestors(folder)]) search(name, root, found, DEPTH)
  return [...found.values()]
}

function* ancestors(folder: string): Generator<string> {
  for (let at = folder; at !== dirname(at); at = dirname(at)) yield dirname(at)
}

function search(name: string, folder: string, found: Map<string, Package>, depth: number): void {
  if (depth === 0) return
  const modules = join(folder, 'node_modules')
  const copy = packageIn(join(modules, name))
  if (copy) found.set(realpathSync(copy.folder), copy)
  for (const inner of [...packagesIn(modules), ...packagesIn(join(modules, '.pnpm'))]) {
    search(name, inner, found, depth - 1)
  }
}

/** The folders of packages, without links: what they point to lies elsewhere in the same tree. */
function packagesIn(modules: string): string[] {
  return folders(modules).flatMap((path) => (path.includes('/@') ? folders(path) : [path]))
}

function folders(path: string): string[] {
  try {
    return readdirSync(path, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
      .map(({ name }) => `${path}/${name}`)
  } catch {
    return []
  }
}
