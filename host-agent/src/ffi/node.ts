import type { Library, Loader, NativeFunction, Type } from './index.ts'

interface Signature {
  readonly arguments: readonly Type[]
  readonly return: 'int32'
  readonly parameters: readonly Type[]
  readonly result: 'int32'
}

interface NodeFfi {
  readonly DynamicLibrary: new (path: string) => {
    readonly getFunction: (name: string, signature: Signature) => NativeFunction
  }
}

/** `node:ffi`, which Node 26.1 and newer have. */
export function node(): Loader {
  const ffi = process.getBuiltinModule('node:ffi') as unknown as NodeFfi | undefined
  return { name: 'node:ffi', open: ffi && ((path) => open(ffi, path)) }
}

function open({ DynamicLibrary }: NodeFfi, path: string): Library {
  const library = new DynamicLibrary(path)
  return {
    find: (name, types) => {
      // The first versions of the module have other words for the same.
      const words = {
        arguments: types,
        return: 'int32',
        parameters: types,
        result: 'int32',
      } as const
      try {
        return library.getFunction(name, words)
      } catch {
        return undefined
      }
    },
  }
}
