import { wrappedBy } from './other-instrumentation.ts'
import { type Callable, replace } from './replace.ts'

export type Wrap = (original: Callable) => Callable

/** Marks what is wrapped, for every copy of this package that is loaded. */
const WRAPPED = Symbol.for('llmscope.wrapped')

/** Whether `name` is wrapped on `owner` now. A method that this version of a client lacks is passed over. */
export function wrap(owner: unknown, name: string, wrapper: Wrap): boolean {
  if (!isObject(owner)) return false
  const original = owner[name]
  if (typeof original !== 'function') return false
  if (isWrapped(original)) return true
  const wrapped = wrapper(original as Callable)
  Object.defineProperty(wrapped, WRAPPED, { value: true })
  replace(owner, name, original, wrapped)
  return owner[name] === wrapped
}

// Somebody else may have wrapped our wrapper.
function isWrapped(method: object): boolean {
  const inner = wrappedBy(method)
  return WRAPPED in method || (inner !== undefined && isWrapped(inner))
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return (typeof value === 'object' && value !== null) || typeof value === 'function'
}
