import { createRequire } from 'node:module'
import type { Library, Loader, NativeFunction } from './index.ts'

interface Koffi {
  readonly load: (path: string) => {
    readonly func: (name: string, result: string, types: readonly string[]) => NativeFunction
  }
}

const SPELLED = { int32: 'int32_t', uint32: 'uint32_t', uint64: 'uint64_t', buffer: 'void *' }

/** The npm package `koffi`, for the versions of Node that have no FFI of their own. */
export function koffi(): Loader {
  const name = 'koffi'
  try {
    const module = createRequire(import.meta.url)(name) as Koffi
    return { name, open: (path) => open(module, path) }
  } catch {
    return { name, open: undefined }
  }
}

function open({ load }: Koffi, path: string): Library {
  const library = load(path)
  return {
    find: (name, types) => {
      try {
        return library.func(
          name,
          'int32_t',
          types.map((type) => SPELLED[type]),
        )
      } catch {
        return undefined
      }
    },
  }
}
