import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** A folder that keeps batches for an agent that is killed and started again. */
export interface Shelf {
  /** What was there when it was opened, oldest first. */
  readonly found: readonly { readonly name: string; readonly size: number }[]
  /** Resolves when another process would find it. */
  readonly write: (name: string, bytes: Buffer) => Promise<void>
  readonly read: (name: string) => Promise<Buffer>
  readonly remove: (name: string) => Promise<void>
}

const UNFINISHED = '.part'

/**
 * Opens a folder, and makes it where there is none.
 * @throws Error that names the folder, when it cannot be written to.
 */
export function openShelf(folder: string): Shelf {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    for (const name of readdirSync(folder))
      if (name.endsWith(UNFINISHED)) rmSync(join(folder, name), { force: true })
    const found = readdirSync(folder)
      .toSorted()
      .map((name) => ({ name, size: statSync(join(folder, name)).size }))
    return { found, ...on(folder) }
  } catch (error) {
    throw unusable(folder, error)
  }
}

function on(folder: string): Omit<Shelf, 'found'> {
  return {
    write: async (name, bytes) => {
      const unfinished = join(folder, name + UNFINISHED)
      await writeFile(unfinished, bytes, { mode: 0o600 })
      await rename(unfinished, join(folder, name))
    },
    read: (name) => readFile(join(folder, name)),
    remove: (name) => rm(join(folder, name), { force: true }),
  }
}

const OWNER = 'owner.pid'

/**
 * Takes a folder for this process alone, until it ends.
 * @throws Error when another agent that lives has it, or it cannot be written to.
 */
export function claim(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    const file = join(folder, OWNER)
    const owner = ownerOf(file)
    if (owner !== undefined)
      throw new Error(`another agent has it, process ${owner}: give each a folder of its own`)
    writeFileSync(file, `${process.pid} ${startOf(process.pid)}`, { mode: 0o600 })
  } catch (error) {
    throw unusable(folder, error)
  }
}

/** The process that claimed a folder, where that is not this one and still runs. */
function ownerOf(file: string): number | undefined {
  const [pid = '', start = ''] = textOf(file).split(' ')
  if (pid === '' || Number(pid) === process.pid) return undefined
  // a number that was given out again is another process
  return start !== '' && startOf(Number(pid)) === start ? Number(pid) : undefined
}

function startOf(pid: number): string {
  const stat = textOf(`/proc/${pid}/stat`)
  return stat.slice(stat.lastIndexOf(')')).split(' ')[20] ?? ''
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}

function unusable(folder: string, error: unknown): Error {
  const reason = error instanceof Error ? error.message : String(error)
  return new Error(`cannot keep what waits to be sent in ${folder}: ${reason}`, { cause: error })
}
