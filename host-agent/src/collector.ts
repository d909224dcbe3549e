import type { AttributeName } from './attributes.ts'
import type { EventName } from './events.ts'

/** What a metric is. The key it is filed under is its OpenTelemetry name. */
export interface Metric {
  readonly instrument: 'counter' | 'gauge' | 'updowncounter'
  readonly unit: string
  readonly description: string
  /** Every attribute that a point of it may carry. */
  readonly attributes: readonly AttributeName[]
  /** The version of the agent that sent it first, where not 0.1.0. */
  readonly since?: string
}

/** What tells a point from others of its metric. */
export type PointAttributes = Readonly<Partial<Record<AttributeName, string | number>>>

/** One value, read now. A value that is not a finite number is not a point. */
export interface Sample<Name extends string = string> {
  readonly metric: Name
  readonly value: number
  readonly attributes?: PointAttributes
  /** When a counter began to count, in epoch milliseconds; the boot of the host where it is left out. */
  readonly since?: number
}

/** What a command wrote before it ended by itself. */
export interface CommandResult {
  readonly stdout: string
  readonly stderr: string
  readonly status: number | null
}

/** Space of one filesystem, in bytes. */
export interface Space {
  readonly total: number
  readonly free: number
  /** What of `free` an unprivileged process may take. */
  readonly available: number
}

/** Something that happened, to be a log record; `event` is its name. */
export interface Happening {
  readonly event: EventName
  readonly severity: 'info' | 'warn' | 'error' | 'fatal'
  readonly body: string
  readonly attributes: PointAttributes
}

/** The machine, and the only way to it. A file or a command that is not there is `Absent`. */
export interface Host {
  readonly readFile: (path: string) => Promise<string>
  /** Names of what is in a folder. */
  readonly readFolder: (path: string) => Promise<string[]>
  /** Never runs a command twice at once; kills it when `signal` aborts, and rejects at once. */
  readonly exec: (
    command: string,
    args: readonly string[],
    signal: AbortSignal,
  ) => Promise<CommandResult>
  /** Rejects when `signal` aborts. `apart` asks safely where a server may be gone, at a higher price. */
  readonly statfs: (path: string, signal: AbortSignal, apart: boolean) => Promise<Space>
  /** Says what is asked of a driver next, so that one that never answers can be named. */
  readonly doing: (what: string) => void
  /** Says once what whoever runs the agent can do something about. */
  readonly note: (line: string) => void
}

/**
 * Reads the source once. What was yielded before a throw or before `signal` aborted is kept. Throwing
 * `Absent` says that the source is not on this host; anything else, that it is there and broken.
 */
export type Collect<Name extends string = string> = (
  signal: AbortSignal,
) => AsyncIterable<Sample<Name> | Happening>

/** One source of metrics: what it can say, and how to ask it. */
export interface Collector<Name extends string = string> {
  readonly name: string
  readonly metrics: Readonly<Record<Name, Metric>>
  /** Makes a reader with its own memory of earlier readings. Reads nothing yet. */
  readonly open: (host: Host) => Collect<Name>
  /** Of the collectors with the same subject only the first is asked whose source is on this host. */
  readonly subject?: 'nvidia'
  /**
   * Set where the source is a driver that may never answer, or break its process: it is then opened in
   * a process of its own, unless this throws, such as `Absent` where there is no driver.
   */
  readonly apart?: (host: Host) => Promise<void>
}
