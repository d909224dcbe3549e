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
  override(owner, key, wrapper)
}

/** Puts a method on an object, which shows it no more than it did before. */
export function override(owner: object, key: PropertyKey, value: Callable): void {
  if (Object.hasOwn(owner, key)) (owner as Record<PropertyKey, unknown>)[key] = value
  else Object.defineProperty(owner, key, { value, configurable: true, writable: true })
}
