import type { Calls, Client } from './client.ts'
import type { Api } from './open-telemetry.ts'

export type Environment = Readonly<Record<string, string>>

export interface Circumstances {
  readonly client: Client
  /** Whether prompts and answers are to be captured. */
  readonly content: boolean
  /** The address that receives what this column sends. */
  readonly sink: string
  /** Loads a package of the bench's install. */
  readonly load: NodeJS.Require
}

/** How a column that has started traces. */
export interface Tracing {
  /** What the application has to do to a client of its own. */
  readonly wrap?: (client: object) => object
  /** What it has to write around its calls. */
  readonly around?: (calls: Calls) => Calls
  /** Where OpenTelemetry's SDK is registered, if not in the bench's own copy of the API. */
  readonly api?: Api
  /** Sends what is queued, where that is not OpenTelemetry's SDK's business. */
  readonly flush?: () => Promise<unknown>
}

/** One way of tracing a client. Each runs in processes of its own. */
export interface Column {
  readonly name: string
  readonly clients: readonly Client['name'][]
  /** Variables that switch content off and on; absent where it cannot be had so. */
  readonly content: { readonly off?: Environment; readonly on?: Environment }
  /** The only work that it is of interest for; all if absent. */
  readonly work?: string
  /** Switches it on, before the client is loaded; absent where there is nothing to. */
  start?(circumstances: Circumstances): Tracing | Promise<Tracing>
}
