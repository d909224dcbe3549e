import { constants } from 'node:fs'
import { access } from 'node:fs/promises'
import { delimiter, join } from 'node:path'

/** A program of the stack: a binary that exists, or Go sources to build it from. */
export interface Program {
  readonly name: string
  /** The environment variable that names a binary to use as it is. */
  readonly variable: string
  /** What it is built from; without it, it is searched on PATH. */
  readonly source?: GoSource
  /** Its names on PATH, where it has no source. */
  readonly commands?: readonly string[]
}

export interface GoSource {
  /** The folder of the Go module, with its go.mod and go.sum. */
  readonly directory: string
  readonly package: string
  readonly tags: readonly string[]
}

/**
 * The binary that the environment names for `program`, or that PATH has under one of its commands.
 * Throws where the environment names a file that cannot be run.
 */
export async function findBinary(
  program: Program,
  env: NodeJS.ProcessEnv,
): Promise<string | undefined> {
  const named = env[program.variable]
  if (named) {
    if (await isExecutable(named)) return named
    throw new Error(
      `${program.variable} is ${named}, which cannot be run. ` +
        `Name an executable ${program.name} there, or unset the variable.`,
    )
  }
  return findOnPath(program.commands ?? [], env)
}

/** The first of `commands` that a folder of PATH holds. */
export async function findOnPath(
  commands: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<string | undefined> {
  const folders = (env['PATH'] ?? '').split(delimiter).filter(Boolean)
  for (const command of commands) {
    for (const folder of folders) {
      const file = join(folder, command)
      if (await isExecutable(file)) return file
    }
  }
  return undefined
}

async function isExecutable(file: string): Promise<boolean> {
  return access(file, constants.X_OK).then(
    () => true,
    () => false,
  )
}
