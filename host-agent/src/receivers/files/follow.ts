import type { Stats } from 'node:fs'
import { open, readdir, stat } from 'node:fs/promises'
import { basename, join, relative } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Receiving } from '../receiver.ts'

/** Takes in the bytes of one file as they are written. Throws where they are not what they must be. */
export interface Decoder {
  readonly push: (bytes: Buffer, told: FileTold) => void
  /** There is no more for now. */
  readonly rest: (told: FileTold) => void
  /** Nothing was written for half an hour: nobody may ever go on. */
  readonly leave?: () => void
}

/** What is known of a file when it is read. */
export interface FileTold {
  readonly path: string
  readonly stats: Stats
}

/** Which files are followed, and how. */
export interface Kind {
  /** Judged by the file's path within the folder. */
  readonly isOne: (path: string) => boolean
  readonly open: (path: string) => Decoder
  /** True for what is written anew as a whole each time. */
  readonly isWhole?: (path: string) => boolean
}

const POLL_MS = 500
const CHUNK = 2 ** 16
const MOST_FILES = 10_000
const DEEPEST = 8
const OLDEST_MS = 3_600_000
const QUIET_MS = 1_800_000

/** Follows a file, or all files of its kind in a folder and those within, also those that come later. */
export function follow(root: string, kind: Kind, receiving: Receiving): () => Promise<void> {
  const stopping = new AbortController()
  const files = new Map<string, Followed>()
  const round = async (): Promise<void> => {
    for (const path of await filesOf(root, kind.isOne, receiving)) {
      const known = files.get(path) ?? new Followed(path, kind)
      files.set(path, known)
      await known.read(receiving, stopping.signal)
    }
  }
  const running = (async () => {
    while (!stopping.signal.aborted) {
      await round().catch((error: unknown) =>
        receiving.note(`cannot read ${root}: ${String(error)}`),
      )
      await sleep(POLL_MS, undefined, { signal: stopping.signal, ref: false }).catch(
        () => undefined,
      )
    }
  })()
  return async () => {
    stopping.abort()
    await running
    // what was written until now
    await round().catch(() => undefined)
  }
}

/** One file, and how far it is read. */
class Followed {
  readonly #path: string
  readonly #kind: Kind
  #decoder: Decoder | undefined
  #position = 0
  #inode = 0
  #modified = 0
  #isBroken = false
  #isLeft = false

  constructor(path: string, kind: Kind) {
    this.#path = path
    this.#kind = kind
  }

  async read(receiving: Receiving, signal: AbortSignal): Promise<void> {
    const stats = await stat(this.#path).catch(() => undefined)
    if (!stats?.isFile()) return
    const isNew = !this.#decoder
    if (isNew && Date.now() - stats.mtimeMs > OLDEST_MS) return
    if (this.#isReplaced(stats)) this.#begin(stats)
    if (stats.size > this.#position) {
      this.#isLeft = false
      await this.#readOn(stats, receiving, signal)
    } else if (!this.#isLeft && Date.now() - stats.mtimeMs > QUIET_MS) {
      this.#isLeft = true
      this.#decoder?.leave?.()
    }
  }

  #isReplaced({ ino, size, mtimeMs }: Stats): boolean {
    if (!this.#decoder || ino !== this.#inode || size < this.#position) return true
    return mtimeMs !== this.#modified && (this.#kind.isWhole?.(this.#path) ?? false)
  }

  #begin({ ino, mtimeMs }: Stats): void {
    this.#decoder = this.#kind.open(this.#path)
    this.#position = 0
    this.#inode = ino
    this.#modified = mtimeMs
    this.#isBroken = false
  }

  async #readOn(stats: Stats, receiving: Receiving, signal: AbortSignal): Promise<void> {
    if (this.#isBroken || !this.#decoder) return
    const told = { path: this.#path, stats }
    const handle = await open(this.#path)
    try {
      for (;;) {
        const { bytesRead, buffer } = await handle.read(
          Buffer.alloc(CHUNK),
          0,
          CHUNK,
          this.#position,
        )
        if (bytesRead === 0) break
        this.#position += bytesRead
        this.#decoder.push(buffer.subarray(0, bytesRead), told)
        if (!signal.aborted) await receiving.room()
      }
      this.#decoder.rest(told)
    } catch (error) {
      this.#isBroken = true
      receiving.note(
        `${this.#path}: ${error instanceof Error ? error.message : String(error)}; what came before is kept, the rest is not read`,
      )
    } finally {
      await handle.close()
    }
  }
}

async function filesOf(
  root: string,
  isOne: (path: string) => boolean,
  { note }: Receiving,
): Promise<string[]> {
  const stats = await stat(root).catch(() => undefined)
  if (!stats) {
    note(`waits for ${root}, which is not there yet`)
    return []
  }
  if (!stats.isDirectory()) return [root]
  const found: string[] = []
  await collect(root, 0, (path) => {
    if (isOne(relative(root, path)) && found.length < MOST_FILES) found.push(path)
  })
  if (found.length === MOST_FILES) note(`follows ${MOST_FILES} files of ${root} and no more`)
  return found.toSorted()
}

async function collect(folder: string, depth: number, see: (path: string) => void): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => [])
  for (const entry of entries) {
    const path = join(folder, entry.name)
    if (entry.isFile()) see(path)
    else if (entry.isDirectory() && depth < DEEPEST && !isHidden(path)) {
      await collect(path, depth + 1, see)
    }
  }
}

function isHidden(path: string): boolean {
  return basename(path).startsWith('.') || basename(path) === 'node_modules'
}
