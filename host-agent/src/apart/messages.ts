import type { Happening, Sample } from '../collector.ts'

/** What the agent asks of its other process: one reading of that collector. */
export interface Question {
  readonly collector: string
}

/** How a reading came out: all that was yielded, and why it ended early. */
export interface Answer {
  readonly collector: string
  readonly told: readonly (Sample | Happening)[]
  /** The source is not there. */
  readonly absent?: string
  /** It is there, and broken. */
  readonly failed?: string
}

/** What the other process sends. */
export type Message = Answer | { readonly doing: string } | { readonly note: string }
