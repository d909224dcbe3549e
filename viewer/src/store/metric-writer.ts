import type { DatabaseSync, StatementSync } from 'node:sqlite'
import type { MetricHead, ReadPoint } from '../otlp/metrics.ts'
import type { StoredAttributes } from '../otlp/values.ts'
import type { Origins } from './origins.ts'
import { Remembered } from './remembered.ts'

/** Writes points of metrics, each under its series. */
export class MetricWriter {
  readonly #origins: Origins
  readonly #insertMetric: StatementSync
  readonly #findMetric: StatementSync
  readonly #insertSeries: StatementSync
  readonly #findSeries: StatementSync
  readonly #putPoint: StatementSync
  readonly #series = new Remembered(20_000)
  readonly #metrics = new Remembered(4096)

  constructor(database: DatabaseSync, origins: Origins) {
    const prepare = (sql: string): StatementSync => database.prepare(sql)
    this.#origins = origins
    this.#insertMetric = prepare(
      `INSERT INTO metrics (name, kind, unit, temporality, description) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET description = excluded.description`,
    )
    this.#findMetric = prepare(
      'SELECT id FROM metrics WHERE name = ? AND kind = ? AND unit = ? AND temporality = ?',
    )
    this.#insertSeries = prepare(
      'INSERT OR IGNORE INTO series (metric, resource, scope, attributes) VALUES (?, ?, ?, ?)',
    )
    this.#findSeries = prepare(
      'SELECT id FROM series WHERE metric = ? AND resource = ? AND scope = ? AND attributes = ?',
    )
    this.#putPoint = prepare(
      `INSERT OR REPLACE INTO points (series, time, start, value, flags, detail)
       VALUES (?, ?, ?, ?, ?, ?)`,
    )
  }

  write(points: readonly ReadPoint[]): void {
    for (const point of points) {
      this.#putPoint.run(
        this.#seriesOf(point),
        point.time,
        point.start,
        point.recorded.value,
        point.flags,
        point.recorded.detail ? JSON.stringify(point.recorded.detail) : null,
      )
    }
  }

  /** To be called where a transaction was rolled back, or series were deleted. */
  forget(): void {
    this.#series.clear()
    this.#metrics.clear()
  }

  #seriesOf(point: ReadPoint): number {
    const metric = this.#metricOf(point.metric)
    const resource = this.#origins.resource(point.resource)
    const scope = this.#origins.scope(point.scope)
    const attributes = ordered(point.attributes)
    return this.#series.row(`${metric} ${resource} ${scope} ${attributes}`, () => {
      this.#insertSeries.run(metric, resource, scope, attributes)
      return this.#findSeries.get(metric, resource, scope, attributes)
    })
  }

  #metricOf({ name, kind, unit, description, temporality }: MetricHead): number {
    return this.#metrics.row(JSON.stringify([name, kind, unit, temporality]), () => {
      this.#insertMetric.run(name, kind, unit, temporality, description)
      return this.#findMetric.get(name, kind, unit, temporality)
    })
  }
}

/** The same text for the same attributes. */
function ordered(attributes: StoredAttributes): string {
  const entries = Object.entries(attributes)
  return JSON.stringify(
    Object.fromEntries(entries.toSorted(([one], [other]) => (one < other ? -1 : 1))),
  )
}
