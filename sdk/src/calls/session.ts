import type { Method } from './adapter.ts'

/** What a message on a session tells of the answers that are given on it. */
export interface Sign {
  /** From now on the session is this, besides what it was. */
  readonly settings?: object
  /** It is said to the model: part of what the next answer is asked with. */
  readonly isSaid?: boolean
  /** It asks for an answer. */
  readonly asks?: boolean
  /** An answer may begin with it, unasked. */
  readonly begins?: boolean
  /** It is part of the answer, and does not only tell of it. */
  readonly isPart?: boolean
  /** The answer is over. */
  readonly ends?: boolean
  /** The connection is over; with `error` it broke. */
  readonly closes?: boolean
  readonly error?: unknown
}

/** What a message means; nothing where it tells of no answer. */
export type ReadMessage = (message: unknown) => Sign | undefined

/** What an answer of a session is asked with: what the session is, and what was said since the last one. */
export interface Asked<Settings, Message> {
  readonly settings: Settings
  readonly said: readonly Message[]
}

/**
 * How to read a connection on which a model answers again and again: each answer is a call of its own,
 * with all that a streamed one has.
 */
export interface Session {
  /** How an answer is read. Its request is an `Asked`, and messages are its chunks. */
  readonly answer: Method
  /** Methods of the session by which the application sends, by name. */
  readonly sends: Readonly<Record<string, ReadMessage>>
  /** Functions that the client calls with what comes, by name. */
  readonly hears: Readonly<Record<string, ReadMessage>>
  /** Under which name the application gives those functions with what it opens the session with. */
  readonly listeners: string
}
