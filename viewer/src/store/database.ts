import { DatabaseSync } from 'node:sqlite'
import { APPLICATION_ID, SCHEMA, SCHEMA_VERSION } from './schema.ts'

/** Where everything is kept while the process runs, and no longer: shared by its threads. */
export const MEMORY = 'file:llmscope-viewer?mode=memory&cache=shared'

const CACHE_KIB = 32_768

/** The one connection that writes. */
export function openToWrite(location: string): DatabaseSync {
  const database = new DatabaseSync(location)
  // what was acknowledged outlives the process; only a power cut can take the last moments
  database.exec(`
    PRAGMA auto_vacuum = incremental;
    PRAGMA journal_mode = wal;
    PRAGMA synchronous = normal;
    PRAGMA cache_size = -${CACHE_KIB};
    PRAGMA wal_autocheckpoint = 4000;
    PRAGMA journal_size_limit = 67108864;
  `)
  const { user_version: version } = database.prepare('PRAGMA user_version').get() ?? {}
  if (version === 0) {
    database.exec(`BEGIN; ${SCHEMA}
      PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${SCHEMA_VERSION}; COMMIT;`)
  }
  return database
}

/** A connection that reads, beside the one that writes. */
export function openToRead(location: string): DatabaseSync {
  const database = new DatabaseSync(location, { readOnly: location !== MEMORY })
  database.exec(
    `PRAGMA cache_size = -${CACHE_KIB}; PRAGMA read_uncommitted = ${location === MEMORY ? 1 : 0}`,
  )
  return database
}
