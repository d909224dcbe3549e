import { mkdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { fault } from '../guard.ts'
import type { ContentItem, UploadContent } from './upload.ts'

/** Most bytes that may wait to be written: beyond them, data is told without a URI. */
const MOST_WAITING = 64 * 1024 * 1024

/** How long nothing is written after a write failed, in milliseconds: a full disk does not empty at once. */
const PAUSE = 60_000

/** Endings of file names that people expect; the others are the subtype's first word. */
const ENDINGS: Readonly<Record<string, string>> = {
  'text/plain': 'txt',
  'image/jpeg': 'jpg',
  'image/svg+xml': 'svg',
  'audio/mpeg': 'mp3',
  'application/octet-stream': 'bin',
}

/**
 * Keeps content in a folder, each piece once, in a file that is named by its SHA-256 and readable to
 * nobody else. Nothing is ever deleted.
 */
export function uploadToFolder(path: string): UploadContent {
  const folder = resolve(path)
  let waiting = 0
  let failedAt = -Infinity

  return ({ data, mimeType, sha256 }) => {
    const size = data.length
    if (waiting + size > MOST_WAITING || performance.now() - failedAt < PAUSE) return undefined
    const file = join(folder, sha256.slice(0, 2), `${sha256}.${endingOf(mimeType)}`)
    waiting += size
    void write(file, data)
      .catch((error: unknown) => {
        failedAt = performance.now()
        fault('upload', error)
      })
      .finally(() => {
        waiting -= size
      })
    return pathToFileURL(file).href
  }
}

function endingOf(mimeType: string): string {
  const word = /^[\w-]+\/(?:x-)?([a-z\d]+)/i.exec(mimeType)?.[1]
  return ENDINGS[mimeType] ?? word?.toLowerCase() ?? 'bin'
}

// whoever sees the file sees it whole
async function write(file: string, data: ContentItem['data']): Promise<void> {
  if (await exists(file)) return
  await mkdir(join(file, '..'), { recursive: true, mode: 0o700 })
  const unfinished = `${file}.${crypto.randomUUID()}.tmp`
  try {
    await writeFile(unfinished, data, { flag: 'wx', mode: 0o600 })
    await rename(unfinished, file)
  } catch (error) {
    await rm(unfinished, { force: true })
    throw error
  }
}

async function exists(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  )
}
