import type { Host } from '../collector.ts'
import type { RunReference } from '@llmscope/sdk/training-parts'
import type { ToolRun } from '../training/tool-run.ts'

/** What a receiver learned of a run. All times are milliseconds since 1970. */
export interface RunTold {
  /** Unique among the runs of the tool on this host, and the same when the run goes on. */
  readonly key: string
  /** True where `key` is unique anywhere: it is the run's id then. */
  readonly isUnique?: boolean
  readonly name: string
  readonly startedAt: number
  readonly parent?: RunReference
  readonly tellsEnd: boolean
  readonly resumedAt?: number
  /** The process that trains, where that is known. */
  readonly pid?: number | undefined
}

/** What a receiver is given. */
export interface Receiving {
  readonly host: Host
  readonly hostName: string
  /** The run that a tool tells of: opened, or the one that is known. */
  readonly run: (told: RunTold) => ToolRun
  /** Resolves when there is room for more; whoever reads files waits for it. */
  readonly room: () => Promise<void>
  /** Says once what whoever runs the agent can do something about. */
  readonly note: (line: string) => void
}

/** A tool that people train with: how its runs are heard. */
export interface Receiver {
  /** Of the file, and of the option that turns it on. */
  readonly name: string
  /** What the option is set to, such as `<folder>`. */
  readonly argument: string
  /** A line of the help. */
  readonly meaning: string
  /** Begins to listen; resolves with what ends it. Rejects where that is not possible, and says why. */
  readonly open: (setting: string, receiving: Receiving) => Promise<() => Promise<void>>
}
