import type { DatabaseSync } from 'node:sqlite'
import type {
  Anomaly,
  Checkpoint,
  RunDetail,
  RunList,
  RunPhase,
  RunSeries,
  RunSummary,
} from '../api/training.ts'
import { plainAttributes, type StoredAttributes } from '../otlp/values.ts'
import { TRAINING } from '../names.ts'
import { optional } from './trace-reader.ts'

type Row = Readonly<Record<string, unknown>>

const RUNS = `
SELECT id, run_id, name, service, started / 1000 / 1e3 AS started, updated / 1000 / 1e3 AS updated, outcome, model, dataset,
  hyperparameters, summary, trace_id FROM runs`
const MOST_RUNS = 1000
const MOST_EVENTS = 10_000

/** Reads training runs. */
export class RunReader {
  readonly #database: DatabaseSync

  constructor(database: DatabaseSync) {
    this.#database = database
  }

  list(): RunList {
    const rows = this.#database
      .prepare(`${RUNS} ORDER BY runs.started DESC LIMIT ${MOST_RUNS}`)
      .all()
    return { runs: rows.map((row) => this.#summary(row)) }
  }

  find(runId: string): RunDetail | undefined {
    const row = this.#database.prepare(`${RUNS} WHERE run_id = ?`).get(runId)
    if (!row) return undefined
    const events = this.#database
      .prepare(
        `SELECT kind, name, time / 1000 / 1e3 AS time, duration, step, failed, trace_id, attributes FROM run_events
         WHERE run = ? ORDER BY run_events.time, id LIMIT ${MOST_EVENTS}`,
      )
      .all(Number(row['id']))
    const of = (...kinds: readonly string[]): Row[] =>
      events.filter(({ kind }) => kinds.includes(String(kind)))
    const traceIds = [row['trace_id'], ...events.map((event) => event['trace_id'])]
    return {
      run: this.#summary(row),
      series: this.#metrics(Number(row['id'])),
      checkpoints: of('checkpoint').map(checkpointOf),
      anomalies: of('anomaly').map(anomalyOf),
      phases: of('epoch', 'evaluation').map(phaseOf),
      spanTraceIds: [
        ...new Set(traceIds.filter((id) => typeof id === 'string' && id !== '')),
      ] as string[],
    }
  }

  /** Points of one value; thinned out evenly to about as many as wanted. */
  series(runId: string, metric: string, most: number): RunSeries {
    const points = this.#database
      .prepare(
        `SELECT p.time / 1000 / 1e3 AS time, p.step, p.value FROM run_points p JOIN runs r ON r.id = p.run
         WHERE r.run_id = ? AND p.metric = ? ORDER BY p.time`,
      )
      .all(runId, metric)
    // steps that are told one by one tell more than what a metric says of them now and then
    const stepped = points.filter(({ step }) => step !== null)
    const told = stepped.length > 0 ? stepped : points
    const every = Math.ceil(told.length / most)
    const kept = told.filter((_, place) => place % every === 0 || place === told.length - 1)
    return {
      run: runId,
      metric,
      times: kept.map(({ time }) => Number(time)),
      steps: kept.map(({ step }) => step as number | null),
      values: kept.map(({ value }) => Number(value)),
    }
  }

  #metrics(run: number): string[] {
    return this.#database
      .prepare('SELECT DISTINCT metric FROM run_points WHERE run = ? ORDER BY metric')
      .all(run)
      .map(({ metric }) => String(metric))
  }

  #summary(row: Row): RunSummary {
    const run = Number(row['id'])
    const last = this.#database.prepare(
      'SELECT value FROM run_points WHERE run = ? AND metric = ? ORDER BY time DESC LIMIT 1',
    )
    const count = this.#database.prepare(
      'SELECT count(*) AS events FROM run_events WHERE run = ? AND kind = ?',
    )
    return {
      id: String(row['run_id']),
      name: String(row['name']),
      service: String(row['service']),
      started: Number(row['started']),
      updated: Number(row['updated']),
      outcome: (row['outcome'] as string | null) ?? 'running',
      ...optional('model', row['model'] as string | null),
      ...optional('dataset', row['dataset'] as string | null),
      hyperparameters: plain(row['hyperparameters']),
      metrics: Object.fromEntries(
        this.#metrics(run).map((metric) => [metric, Number(last.get(run, metric)?.['value'])]),
      ),
      summary: plain(row['summary']),
      checkpoints: Number(count.get(run, 'checkpoint')?.['events']),
      anomalies: Number(count.get(run, 'anomaly')?.['events']),
      ...optional('traceId', row['trace_id'] as string | null),
    }
  }
}

function checkpointOf(event: Row): Checkpoint {
  const path = attributesOf(event)[TRAINING.checkpointPath]
  return {
    time: Number(event['time']),
    ...optional('step', event['step'] as number | null),
    ...(typeof path === 'string' && { path }),
    duration: Number(event['duration']),
    failed: event['failed'] === 1,
  }
}

function anomalyOf(event: Row): Anomaly {
  return {
    time: Number(event['time']),
    type: String(event['name']),
    ...optional('step', event['step'] as number | null),
    attributes: attributesOf(event),
  }
}

function phaseOf(event: Row): RunPhase {
  return {
    kind: event['kind'] as RunPhase['kind'],
    name: String(event['name']),
    time: Number(event['time']),
    duration: Number(event['duration']),
    ...optional('step', event['step'] as number | null),
    attributes: attributesOf(event),
  }
}

function attributesOf(event: Row): RunSummary['hyperparameters'] {
  return plain(event['attributes'])
}

function plain(json: unknown): RunSummary['hyperparameters'] {
  return plainAttributes(JSON.parse(String(json)) as StoredAttributes)
}
