import { createRequire, register } from 'node:module'
import type { Adapter } from './adapter.ts'
import { guard } from './guard.ts'
import { adapters } from './instrumentations/index.ts'
import { patchModule } from './patch.ts'
import { reportModule } from './report.ts'

const require = createRequire(import.meta.url)

let installed: Promise<void> | undefined

/** Instruments every module on the list as the application loads it, by `import` or by `require`. */
export function installHooks(): Promise<void> {
  installed ??= hookImports().then(hookRequires)
  return installed
}

// ESM and CJS forms of a client have classes of their own: both are hooked.
async function hookImports(): Promise<void> {
  const { register: registerHooks, supportsSyncHooks } =
    await import('import-in-the-middle/register-hooks.mjs')
  const { Hook } = await import('import-in-the-middle')
  const files = adapters.map(filesOf)
  if (supportsSyncHooks()) registerHooks({ include: files })
  else register('import-in-the-middle/hook.mjs', import.meta.url, { data: { include: files } })
  for (const adapter of adapters) {
    new Hook([adapter.module], { internals: true }, (exports) => load(adapter, exports))
  }
}

function hookRequires(): void {
  const { Hook } = require('require-in-the-middle') as typeof import('require-in-the-middle')
  for (const adapter of adapters) {
    const names = new Set([
      adapter.module,
      ...adapter.files.map((file) => `${adapter.module}/${file}`),
    ])
    new Hook([adapter.module], { internals: true }, (exports, name) => {
      if (names.has(name.replaceAll('\\', '/').replace(/\.[cm]?js$/, ''))) load(adapter, exports)
      return exports
    })
  }
}

function load(adapter: Adapter, exports: unknown): void {
  guard('patch', () => {
    if (typeof exports !== 'object' && typeof exports !== 'function') return
    if (exports !== null) reportModule(adapter, patchModule(adapter, exports))
  })
}

/** Matches the URLs of the files that export the client's class. */
function filesOf({ module, files }: Adapter): RegExp {
  return new RegExp(`/node_modules/${module}/(${files.join('|')})\\.[cm]?js$`)
}
