/** What a module declares, by name, as far as it has it. */
export type Declared = Readonly<Record<string, unknown>>

/**
 * How to hear of what a framework does. Agents, chains and tools become operations of ours; the calls of
 * models in them stay those of the clients that make them.
 */
export interface Subscription {
  /** Name of the npm package. */
  readonly module: string
  /** Major versions that are tested. */
  readonly majors: readonly number[]
  /** Patterns of the package's files, without extension, that declare what is listened to. */
  readonly files: readonly string[]
  /** Names of what they declare that is listened to. */
  readonly targets: readonly string[]
  /** Names of functions that they declare, as far as these are to be replaced. */
  readonly functions?: readonly string[]
  /** Listens, for each form of the package once. Returns how many of the targets are listened to now. */
  subscribe(declared: Declared): number
}
