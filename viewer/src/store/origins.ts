import type { DatabaseSync, StatementSync } from 'node:sqlite'
import type { Origin } from '../otlp/origin.ts'
import { Remembered } from './remembered.ts'

/** Keeps each resource and each scope once. */
export class Origins {
  readonly #insertResource: StatementSync
  readonly #findResource: StatementSync
  readonly #insertScope: StatementSync
  readonly #findScope: StatementSync
  readonly #resources = new Remembered(4096)
  readonly #scopes = new Remembered(4096)

  constructor(database: DatabaseSync) {
    const prepare = (sql: string): StatementSync => database.prepare(sql)
    this.#insertResource = prepare('INSERT OR IGNORE INTO resources (json, service) VALUES (?, ?)')
    this.#findResource = prepare('SELECT id FROM resources WHERE json = ?')
    this.#insertScope = prepare('INSERT OR IGNORE INTO scopes (json) VALUES (?)')
    this.#findScope = prepare('SELECT id FROM scopes WHERE json = ?')
  }

  resource({ json, service }: Origin): number {
    return this.#resources.row(json, () => {
      this.#insertResource.run(json, service)
      return this.#findResource.get(json)
    })
  }

  scope(json: string): number {
    return this.#scopes.row(json, () => {
      this.#insertScope.run(json)
      return this.#findScope.get(json)
    })
  }

  /** To be called where rows may be gone. */
  forget(): void {
    this.#resources.clear()
    this.#scopes.clear()
  }
}
