import { Absent } from '../../absent.ts'
import { type Argument, type Library, type NativeFunction, openLibrary } from '../../ffi/index.ts'
import { code, describe, DriverGone } from './codes.ts'
import { type FunctionName, functions } from './functions.ts'
import { readText } from './layouts.ts'

const TEXT_BYTES = 80

/** The library, initialized. A function that it does not have answers as one that is not found. */
export class Nvml {
  readonly driverVersion: string | undefined
  readonly cudaVersion: string | undefined
  /** The branch of the driver, such as 590: what field identifiers above 250 depend on. */
  readonly branch: number
  readonly #library: Library
  readonly #found = new Map<FunctionName, NativeFunction | undefined>()

  /**
   * @throws Absent where none of the paths can be loaded.
   * @throws Error where the library does not get at the driver.
   */
  constructor(paths: readonly string[]) {
    this.#library = load(paths)
    const returned = this.call('nvmlInit_v2')
    if (returned === code.functionNotFound) throw new Error('the library has no nvmlInit_v2')
    if (returned !== code.success) throw new DriverGone(`nvmlInit_v2: ${describe(returned)}`)
    this.driverVersion = this.#text('nvmlSystemGetDriverVersion')
    this.cudaVersion = this.#cudaVersion()
    this.branch =
      branchOf(this.#text('nvmlSystemGetNVMLVersion')) ?? branchOf(this.driverVersion) ?? 0
  }

  /** Calls the function; returns what it returns. */
  call(name: FunctionName, ...args: readonly Argument[]): number {
    if (!this.#found.has(name)) this.#found.set(name, this.#library.find(name, functions[name]))
    return this.#found.get(name)?.(...args) ?? code.functionNotFound
  }

  #text(name: 'nvmlSystemGetDriverVersion' | 'nvmlSystemGetNVMLVersion'): string | undefined {
    const buffer = Buffer.alloc(TEXT_BYTES)
    return this.call(name, buffer, TEXT_BYTES) === code.success ? readText(buffer) : undefined
  }

  #cudaVersion(): string | undefined {
    const buffer = Buffer.alloc(4)
    if (this.call('nvmlSystemGetCudaDriverVersion', buffer) !== code.success) return undefined
    const version = buffer.readInt32LE()
    return `${Math.floor(version / 1000)}.${Math.floor((version % 1000) / 10)}`
  }
}

function load(paths: readonly string[]): Library {
  const reasons: string[] = []
  for (const path of paths) {
    try {
      return openLibrary(path)
    } catch (error) {
      reasons.push(error instanceof Error ? error.message : String(error))
    }
  }
  throw new Absent(reasons.at(-1) ?? 'there is no libnvidia-ml.so.1')
}

// "13.590.48.01" and "590.48.01" are of one driver: the branch is the first part that large.
function branchOf(version: string | undefined): number | undefined {
  return version
    ?.split('.')
    .map(Number)
    .find((part) => part >= 100)
}
