import type { Argument } from '../../ffi/index.ts'
import { code, describe, DriverGone, GpuLost } from './codes.ts'
import type { FunctionName } from './functions.ts'
import { type Layout, layouts, readNumber, readText, versionWord } from './layouts.ts'
import type { Nvml } from './nvml.ts'

// The driver will not change its mind before it is loaded anew, so these are asked once.
const FOR_GOOD: ReadonlySet<number> = new Set([
  code.invalidArgument,
  code.notSupported,
  code.noPermission,
  code.functionNotFound,
  code.argumentVersionMismatch,
  code.deprecated,
])
const DRIVER_GONE: ReadonlySet<number> = new Set([
  code.uninitialized,
  code.driverNotLoaded,
  code.versionMismatch,
  code.gpuNotFound,
])
const NO_SCOPE = 0
const { fieldValue } = layouts

/** Reads the named number of a struct that the driver filled. */
export type Struct<L extends Layout> = (field: keyof L['fields'] & string) => number

/** One GPU or one MIG instance, and how its functions answer: undefined is that there is no value. */
export class Device {
  readonly handle: bigint
  readonly nvml: Nvml
  /** The functions that need a permission which the agent does not have. */
  readonly denied: Set<string> = new Set()
  /** Set once the driver has said so of any function. */
  corruptedInforom = false
  resetRequired = false
  readonly #unsupported = new Set<string>()

  constructor(nvml: Nvml, handle: bigint) {
    this.nvml = nvml
    this.handle = handle
  }

  /**
   * Whether the function did what it is for.
   * @throws GpuLost or DriverGone
   */
  ask(name: FunctionName, ...args: readonly Argument[]): boolean {
    const key = [name, ...args.filter((each) => typeof each === 'number')].join(' ')
    if (this.#unsupported.has(key)) return false
    const returned = this.call(name, ...args)
    if (FOR_GOOD.has(returned)) this.#unsupported.add(key)
    if (returned === code.noPermission) this.denied.add(name)
    return returned === code.success
  }

  /** As `ask`, for who wants to know what was returned; what is not supported is asked again. */
  call(name: FunctionName, ...args: readonly Argument[]): number {
    const returned = this.nvml.call(name, this.handle, ...args)
    if (returned === code.gpuIsLost) throw new GpuLost(`${name}: ${describe(returned)}`)
    if (DRIVER_GONE.has(returned)) throw new DriverGone(`${name}: ${describe(returned)}`)
    if (returned === code.corruptedInforom) this.corruptedInforom = true
    if (returned === code.resetRequired) this.resetRequired = true
    return returned
  }

  /** A 32-bit number that the function writes behind `args`. */
  number(name: FunctionName, ...args: readonly Argument[]): number | undefined {
    const value = Buffer.alloc(4)
    return this.ask(name, ...args, value) ? value.readUInt32LE() : undefined
  }

  /** A 64-bit number that the function writes behind `args`. */
  long(name: FunctionName, ...args: readonly Argument[]): number | undefined {
    const value = Buffer.alloc(8)
    return this.ask(name, ...args, value) ? Number(value.readBigUInt64LE()) : undefined
  }

  /** The 32-bit numbers that the function writes, each through an argument of its own. */
  numbers(name: FunctionName, count: number): number[] | undefined {
    const values = Array.from({ length: count }, () => Buffer.alloc(4))
    return this.ask(name, ...values) ? values.map((value) => value.readUInt32LE()) : undefined
  }

  /** A text that the function writes. */
  text(name: FunctionName, size: number): string | undefined {
    const value = Buffer.alloc(size)
    return this.ask(name, value, size) ? readText(value) : undefined
  }

  /** A struct that the function fills behind `args`. */
  struct<L extends Layout>(
    name: FunctionName,
    layout: L,
    ...args: readonly Argument[]
  ): Struct<L> | undefined {
    const value = Buffer.alloc(layout.size)
    if (layout.version !== undefined) value.writeUInt32LE(versionWord(layout))
    if (!this.ask(name, ...args, value)) return undefined
    return (field) => readNumber(layout, value, field)
  }

  /** The values of those fields that the GPU has, by identifier; `scope` is a link or the like. */
  fields(ids: readonly number[], scope: number = NO_SCOPE): Map<number, number> {
    const asked = ids.filter((id) => !this.#unsupported.has(`field ${id} ${scope}`))
    const values = Buffer.alloc(asked.length * fieldValue.size)
    for (const [index, id] of asked.entries()) {
      values.writeUInt32LE(id, index * fieldValue.size)
      values.writeUInt32LE(scope, index * fieldValue.size + 4)
    }
    const answers = new Map<number, number>()
    if (asked.length === 0) return answers
    if (this.call('nvmlDeviceGetFieldValues', asked.length, values) !== code.success) return answers
    for (const [index, id] of asked.entries()) {
      const at = index * fieldValue.size
      const returned = readNumber(fieldValue, values, 'nvmlReturn', at)
      if (FOR_GOOD.has(returned)) this.#unsupported.add(`field ${id} ${scope}`)
      const value = returned === code.success ? readValue(values, at) : undefined
      if (value !== undefined) answers.set(id, value)
    }
    return answers
  }
}

/** The value of a field, by the type that the driver says it has. */
function readValue(buffer: Buffer, at: number): number | undefined {
  const [offset] = fieldValue.fields.value
  switch (readNumber(fieldValue, buffer, 'valueType', at)) {
    case 0:
      return buffer.readDoubleLE(at + offset)
    case 1:
      return buffer.readUInt32LE(at + offset)
    case 2:
    case 3:
      return Number(buffer.readBigUInt64LE(at + offset))
    case 4:
      return Number(buffer.readBigInt64LE(at + offset))
    case 5:
      return buffer.readInt32LE(at + offset)
    case 6:
      return buffer.readUInt16LE(at + offset)
    default:
      return undefined
  }
}
