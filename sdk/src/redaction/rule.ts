/** What must not leave, and how it is found. */
export interface RedactionRule {
  /** Told in place of what is found, in brackets, where there is no `replacement`. */
  readonly name: string
  /**
   * Finds it in a text. Where there is a group named `secret`, that group alone is replaced; what a
   * lookbehind puts into a group named `before` is replaced too.
   */
  readonly pattern: RegExp
  /** Looks closer at what was found; what it refuses stays. */
  readonly check?: (found: string) => boolean
  readonly replacement?: string
  /** Properties of this name hold it whatever their text is. */
  readonly property?: RegExp
  /**
   * Cheaper than the pattern, which is tried only in texts in which this is found; a sticky pattern (`/@x/y`)
   * only at the places of a hint that is a string.
   */
  readonly hint?: string | RegExp
}

/**
 * Where a word begins: also after an escape sequence of JSON, for tools answer in JSON texts, in which
 * the `n` of a `\n` belongs to no word.
 */
export const START: string = String.raw`(?<=^|[^A-Za-z0-9]|\\[bfnrt]|\\u[\da-fA-F]{4})`
