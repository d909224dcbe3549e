import type { DatabaseSync, StatementSync } from 'node:sqlite'
import type { Origin } from '../otlp/origin.ts'

const REMEMBERED = 4096

/** Keeps each resource and each scope once. */
export class Origins {
  readonly #insertResource: StatementSync
  readonly #findResource: StatementSync
  readonly #insertScope: StatementSync
  readonly #findScope: StatementSync
  readonly #resources = new Map<string, number>()
  readonly #scopes = new Map<string, number>()

  constructor(database: DatabaseSync) {
    const prepare = (sql: string): StatementSync => database.prepare(sql)
    this.#insertResource = prepare('INSERT OR IGNORE INTO resources (json, service) VALUES (?, ?)')
    this.#findResource = prepare('SELECT id FROM resources WHERE json = ?')
    this.#insertScope = prepare('INSERT OR IGNORE INTO scopes (json) VALUES (?)')
    this.#findScope = prepare('SELECT id FROM scopes WHERE json = ?')
  }

  resource({ json, service }: Origin): number {
    return remembered(this.#resources, json, () => {
      this.#insertResource.run(json, service)
      return this.#findResource.get(json)
    })
  }

  scope(json: string): number {
    return remembered(this.#scopes, json, () => {
      this.#insertScope.run(json)
      return this.#findScope.get(json)
    })
  }

  /** To be called where a transaction was rolled back. */
  forget(): void {
    this.#resources.clear()
    this.#scopes.clear()
  }
}

function remembered(
  known: Map<string, number>,
  json: string,
  find: () => Record<string, unknown> | undefined,
): number {
  const row = known.get(json)
  if (row !== undefined) return row
  const found = Number(find()?.['id'])
  if (known.size >= REMEMBERED) known.clear()
  known.set(json, found)
  return found
}
