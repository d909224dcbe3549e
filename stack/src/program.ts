import { constants } from 'node:fs'
import { access } from 'node:fs/promises'
import { delimiter, join } from 'node:path'

/** A program of the stack: a binary that exists, or else Go sources to build it from. */
export interface Program {
  readonly name: string
  /** The environment variable that names a binary to use as it is. */
  readonly variable: string
  readonly source: GoSource
}

export interface GoSource {
  /** The folder of the Go module, with its go.mod and go.sum. */
  readonly directory: string
  readonly package: string
  readonly tags: readonly string[]
}

/** The binary that the environment names for `program`. Throws where that cannot be run. */
export async function namedBinary(
  { name, variable }: Program,
  env: NodeJS.ProcessEnv,
): Promise<string | undefined> {
  const file = env[variable]
  if (!file || (await isExecutable(file))) return file || undefined
  throw new Error(
    `${variable} is ${file}, which cannot be run. ` +
      `Name an executable ${name} there, or unset the variable.`,
  )
}

/** The file of `command` in the first folder of PATH that holds it. */
export async function findOnPath(
  command: string,
  env: NodeJS.ProcessEnv,
): Promise<string | undefined> {
  for (const folder of (env['PATH'] ?? '').split(delimiter).filter(Boolean)) {
    const file = join(folder, command)
    if (await isExecutable(file)) return file
  }
  return undefined
}

async function isExecutable(file: string): Promise<boolean> {
  return access(file, constants.X_OK).then(
    () => true,
    () => false,
  )
}
