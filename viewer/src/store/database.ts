import { randomUUID } from 'node:crypto'
import { existsSync, mkdirSync, renameSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { APPLICATION_ID, SCHEMA, SCHEMA_VERSION } from './schema.ts'

/** Where everything is kept while a viewer runs, and no longer: shared by its threads. */
export function memory(): string {
  return `file:${randomUUID()}?mode=memory&cache=shared`
}

const isMemory = (location: string): boolean => location.startsWith('file:')

const CACHE_KIB = 32_768
const WAIT_MS = 5000
/** Codes of SQLite: the file is damaged, or is none of its. */
const DAMAGED: ReadonlySet<unknown> = new Set([11, 26])

/** The connection that writes, and what has to be told of the file that was there. */
export interface Opened {
  readonly database: DatabaseSync
  readonly notice: string | undefined
}

/** Opens the one connection that writes. A file that cannot be used is set aside, never written over. */
export function openToWrite(location: string): Opened {
  if (isMemory(location)) return { database: prepared(location), notice: undefined }
  mkdirSync(dirname(location), { recursive: true })
  const reason = existsSync(location) ? unusable(location) : undefined
  if (reason === undefined) return { database: prepared(location), notice: undefined }
  return { notice: setAside(location, reason), database: prepared(location) }
}

/** A connection that reads, beside the one that writes. */
export function openToRead(location: string): DatabaseSync {
  const database = new DatabaseSync(location, {
    readOnly: !isMemory(location),
    timeout: WAIT_MS,
  })
  database.exec(`PRAGMA cache_size = -${CACHE_KIB}`)
  // memory that threads share has no snapshots: a reader sees what is being written
  if (isMemory(location)) database.exec('PRAGMA read_uncommitted = 1')
  return database
}

/** Whether an error says that the file is damaged. */
export function isDamage(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && DAMAGED.has(Number(error.errcode) & 0xff)
}

/** Moves a file out of the way, with what belongs to it; returns where it is now. */
export function setAside(location: string, reason: string): string {
  const aside = `${location}.${new Date().toISOString().replaceAll(':', '-')}`
  for (const part of ['', '-wal', '-shm']) {
    if (existsSync(location + part)) renameSync(location + part, aside + part)
  }
  return `${reason}: it is now ${aside}, and a new one begins`
}

function prepared(location: string): DatabaseSync {
  const database = new DatabaseSync(location, { timeout: WAIT_MS })
  // what was acknowledged outlives the process; only a power cut can take the last moments
  database.exec(`
    PRAGMA auto_vacuum = incremental;
    PRAGMA journal_mode = wal;
    PRAGMA synchronous = normal;
    PRAGMA cache_size = -${CACHE_KIB};
    PRAGMA wal_autocheckpoint = 4000;
    PRAGMA journal_size_limit = 67108864;
  `)
  if (pragma(database, 'user_version') === 0) {
    database.exec(`BEGIN; ${SCHEMA}
      PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${SCHEMA_VERSION}; COMMIT;`)
  }
  return database
}

/** Why a file cannot be used, if so. */
function unusable(location: string): string | undefined {
  const database = new DatabaseSync(location, { timeout: WAIT_MS })
  try {
    const tables = Number(
      database.prepare('SELECT count(*) AS tables FROM sqlite_schema').get()?.['tables'],
    )
    if (tables === 0) return undefined
    if (pragma(database, 'application_id') !== APPLICATION_ID)
      return `${location} is not a file of the viewer`
    const version = pragma(database, 'user_version')
    if (version !== SCHEMA_VERSION) return `${location} is of another version of the viewer`
    for (const table of ['traces', 'spans', 'logs', 'points']) {
      const statement = database.prepare(`SELECT * FROM ${table} LIMIT 1`)
      statement.setReadBigInts(true)
      statement.get()
    }
    return undefined
  } catch (error) {
    if (isDamage(error)) return `${location} is damaged`
    throw error
  } finally {
    database.close()
  }
}

function pragma(database: DatabaseSync, name: string): number {
  return Number(database.prepare(`PRAGMA ${name}`).get()?.[name])
}
