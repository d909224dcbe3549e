import { readFile } from 'node:fs/promises'
import { extname } from 'node:path'

export interface StaticFile {
  readonly type: string
  readonly body: Uint8Array
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.map': 'application/json',
}

/** The page, as it is built; `src` and `dist` lie beside each other. */
const PAGE = new URL('../../dist/page/', import.meta.url)

/** A file of the page; every path without an extension is the page itself, which has its own views. */
export async function staticFile(path: string): Promise<StaticFile | undefined> {
  const name = extname(path) === '' ? 'index.html' : path.slice(1)
  const type = TYPES[extname(name)]
  if (type === undefined || !/^[\w-]+(?:[./][\w-]+)*$/.test(name)) return undefined
  try {
    return { type, body: await readFile(new URL(name, PAGE)) }
  } catch {
    return undefined
  }
}
