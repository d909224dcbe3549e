/** A parameter of a query that says nothing sensible. */
export class QueryError extends Error {}

/** Reads the parameters of a query. */
export class Parameters {
  readonly #search: URLSearchParams

  constructor(search: URLSearchParams) {
    this.#search = search
  }

  text(name: string): string | undefined {
    return this.#search.get(name) || undefined
  }

  list(name: string): readonly string[] {
    return this.#search.getAll(name).filter((value) => value !== '')
  }

  number(name: string): number | undefined {
    const given = this.text(name)
    if (given === undefined) return undefined
    const value = Number(given)
    if (Number.isFinite(value) && Math.abs(value) <= Number.MAX_SAFE_INTEGER) return value
    throw new QueryError(`${name} is a number, not ${given}.`)
  }

  flag(name: string): boolean {
    const given = this.text(name)
    if (given === undefined || given === 'false') return false
    if (given === 'true') return true
    throw new QueryError(`${name} is true or false, not ${given}.`)
  }

  /** How many to answer with. */
  limit(usual: number, most: number): number {
    const value = this.number('limit') ?? usual
    if (Number.isInteger(value) && value >= 1 && value <= most) return value
    throw new QueryError(`limit is a whole number from 1 to ${most}, not ${value}.`)
  }
}
