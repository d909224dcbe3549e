/** What one exporter has not sent, and what it takes to make another such exporter. */
export interface Parcel {
  /** The file that exports the exporter's class. */
  readonly file: string
  readonly name: string
  readonly data: readonly Uint8Array[]
}

/** What the thread that sends for an exiting process is given. */
export interface Order {
  readonly parcels: readonly Parcel[]
  readonly timeoutMillis: number
  /** One number, which the thread changes to `all` or `not` of `Sent`. */
  readonly outcome: Int32Array
}

export const Sent = { pending: 0, all: 1, not: 2 } as const
