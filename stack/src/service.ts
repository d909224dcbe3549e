import type { Ports } from './ports.ts'
import type { Program } from './program.ts'

/** A backend of the stack: how to get its program, and how to run it. */
export interface Service {
  readonly title: string
  readonly program: Program
  readonly launch: (site: Site) => Launch | Promise<Launch>
}

/** Where a service runs. */
export interface Site {
  readonly ports: Ports
  /** An existing folder for whatever the service keeps. */
  readonly directory: string
  /** The Collector's profile: a file of collector-config/profiles, without its ending. */
  readonly profile: string
}

export interface Launch {
  readonly args: readonly string[]
  readonly env?: NodeJS.ProcessEnv
  /** Answers with success once the service does its work. */
  readonly health: string
}

export function loopback(port: number): string {
  return `127.0.0.1:${port}`
}
