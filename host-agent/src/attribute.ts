/** One attribute: what its values are, and what they mean. */
export interface Entry {
  readonly type: 'string' | 'int'
  readonly meaning: string
  readonly unit?: string
  /** The only values, where there are few. */
  readonly values?: readonly string[]
  /** Some of the values, where others are possible. */
  readonly examples?: readonly string[]
  /** How sure the name is to stay, and the version of the agent that sent it first: where not as most are. */
  readonly stability?: 'stable' | 'development'
  readonly since?: string
}

/** What is known of an attribute. */
export interface Attribute extends Entry {
  readonly stability: 'stable' | 'development'
  readonly since: string
}

/** Adds to each what most are. */
export function all<Name extends string>(
  entries: Readonly<Record<Name, Entry>>,
): Record<Name, Attribute> {
  const pairs = Object.entries<Entry>(entries).map(([name, entry]) => [
    name,
    { stability: 'development', since: '0.1.0', ...entry },
  ])
  return Object.fromEntries(pairs) as Record<Name, Attribute>
}
