import { koffi } from './koffi.ts'
import { node } from './node.ts'

/**
 * How an argument is passed. Nothing else crosses into native code: what a function fills in is a
 * buffer, and a handle is a `uint64` that nobody looks into.
 */
export type Type = 'int32' | 'uint32' | 'uint64' | 'buffer'
/** What is passed. */
export type Argument = number | bigint | Buffer

/** A function of a library, which returns an `int`. */
export type NativeFunction = (...args: readonly Argument[]) => number

/** A library that is loaded. */
export interface Library {
  /** Undefined where the library has no function of that name. */
  readonly find: (name: string, types: readonly Type[]) => NativeFunction | undefined
}

/** One way to call native code. */
export interface Loader {
  readonly name: string
  /** Throws where there is no such library; undefined where Node does not have this way. */
  readonly open: ((path: string) => Library) | undefined
}

const loaders = [node, koffi]

/**
 * Loads the library.
 * @throws Error where it cannot be loaded, or where nothing can load it.
 */
export function openLibrary(path: string): Library {
  for (const { open } of loaders.map((load) => load())) if (open) return open(path)
  throw new Error(
    `Node.js ${process.versions.node} has no node:ffi (26.1 and newer do), and the package koffi is not installed`,
  )
}
