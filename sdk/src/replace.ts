export type Callable = (...args: unknown[]) => unknown

/** Puts `wrapper` in a method's place so that nobody can tell: same name, arity and visibility. */
export function replace(
  owner: object,
  key: PropertyKey,
  original: { readonly name: string; readonly length: number },
  wrapper: Callable,
): void {
  for (const property of ['name', 'length'] as const) {
    Object.defineProperty(wrapper, property, { value: original[property], configurable: true })
  }
  const { enumerable = false } = Object.getOwnPropertyDescriptor(owner, key) ?? {}
  Object.defineProperty(owner, key, {
    value: wrapper,
    enumerable,
    configurable: true,
    writable: true,
  })
}
