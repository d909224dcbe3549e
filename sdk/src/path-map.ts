type Level = Map<unknown, unknown>

/** A map by several keys: to make one of all of them would take longer than to look up each. */
export class PathMap<Path extends readonly unknown[], Value> {
  readonly #root: Level = new Map()
  readonly #values: Value[] = []

  /** In the order in which they were added. */
  get values(): readonly Value[] {
    return this.#values
  }

  get(...path: Path): Value | undefined {
    let found: unknown = this.#root
    for (let index = 0; index < path.length; index += 1) {
      found = (found as Level | undefined)?.get(path[index])
    }
    return found as Value | undefined
  }

  /** Adds a value under a path that has none. */
  add(value: Value, ...path: Path): Value {
    let level = this.#root
    for (const key of path.slice(0, -1)) {
      const inner = (level.get(key) as Level | undefined) ?? new Map()
      level.set(key, inner)
      level = inner
    }
    level.set(path.at(-1), value)
    this.#values.push(value)
    return value
  }
}
