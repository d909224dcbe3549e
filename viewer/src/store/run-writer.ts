import type { DatabaseSync, StatementSync } from 'node:sqlite'
import { trainingMetrics } from '@llmscope/sdk/catalogue'
import { EVENTS, RUN_SPANS, TRAINING } from '../names.ts'
import type { ReadLog } from '../otlp/logs.ts'
import type { ReadPoint } from '../otlp/metrics.ts'
import type { ReadSpan } from '../otlp/spans.ts'
import type { Stored, StoredAttributes } from '../otlp/values.ts'
import { finite, word } from './facts.ts'
import { timeOf } from './log-writer.ts'

/** What a step says, and the metric that says the same. */
const OF_STEP: ReadonlyArray<readonly [string, string]> = [
  [TRAINING.loss, trainingMetrics.loss.name],
  [TRAINING.learningRate, trainingMetrics.learningRate.name],
  [TRAINING.gradientNorm, trainingMetrics.gradientNorm.name],
]
const SUMMARY = 'training.summary.'
const prefixOf = (name: string): string => name.slice(0, name.indexOf('<'))

const PUT_RUN = `
INSERT INTO runs (run_id, name, service, started, updated, hyperparameters, summary)
VALUES (?, ?, ?, ?, ?, '{}', '{}')
ON CONFLICT DO UPDATE SET started = min(started, excluded.started), updated = max(updated, excluded.updated),
  name = iif(name = '', excluded.name, name)
RETURNING id`

type EventKind = 'checkpoint' | 'anomaly' | 'epoch' | 'evaluation'

/** Something that happened in a run. */
interface Happened {
  readonly kind: EventKind
  readonly name: string
  readonly time: bigint
  readonly duration: number
  readonly failed: boolean
  readonly traceId: string
  readonly attributes: StoredAttributes
}

/** Keeps a row for each training run, with its points and what happened in it. */
export class RunWriter {
  readonly #putRun: StatementSync
  readonly #start: StatementSync
  readonly #end: StatementSync
  readonly #putPoint: StatementSync
  readonly #insertEvent: StatementSync

  constructor(database: DatabaseSync) {
    const prepare = (sql: string): StatementSync => database.prepare(sql)
    this.#putRun = prepare(PUT_RUN)
    this.#start = prepare(
      'UPDATE runs SET hyperparameters = ?, model = ?, dataset = ?, trace_id = ? WHERE id = ?',
    )
    this.#end = prepare('UPDATE runs SET outcome = ?, summary = ? WHERE id = ?')
    this.#putPoint = prepare(
      'INSERT OR REPLACE INTO run_points (run, metric, time, step, value) VALUES (?, ?, ?, ?, ?)',
    )
    this.#insertEvent = prepare(
      `INSERT INTO run_events (run, kind, name, time, duration, step, failed, trace_id, attributes)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    )
  }

  /** Each returns whether any of it was of a run. */
  writeSpans(spans: readonly ReadSpan[]): boolean {
    return spans.filter((span) => this.#writeSpan(span)).length > 0
  }

  writeLogs(logs: readonly ReadLog[]): boolean {
    return logs.filter((log) => this.#writeLog(log)).length > 0
  }

  writePoints(points: readonly ReadPoint[]): boolean {
    return points.filter((point) => this.#writePoint(point)).length > 0
  }

  #writeSpan(span: ReadSpan): boolean {
    const { name, detail, start, end, traceId } = span
    const { attributes } = detail
    const run = this.#run(attributes, span.resource.service, start, end)
    if (run === undefined) return false
    const kind = (['checkpoint', 'evaluation', 'epoch'] as const).find((each) =>
      name.startsWith(RUN_SPANS[each]),
    )
    if (name === RUN_SPANS.start) {
      this.#start.run(
        JSON.stringify(beneath(attributes, prefixOf(TRAINING.hyperparameter))),
        word(attributes[TRAINING.model]) ?? null,
        word(attributes[TRAINING.dataset]) ?? null,
        traceId,
        run,
      )
    } else if (name === RUN_SPANS.end) {
      const outcome = word(attributes[TRAINING.outcome]) ?? null
      this.#end.run(outcome, JSON.stringify(beneath(attributes, SUMMARY)), run)
    } else if (kind !== undefined) {
      this.#happened(run, {
        kind,
        name: word(attributes[TRAINING.evaluation]) ?? name,
        time: start,
        duration: Math.max(0, Number(end - start) / 1e6),
        failed: span.status === 2,
        traceId,
        attributes,
      })
      if (kind === 'evaluation') this.#writeResults(run, span)
    }
    return true
  }

  #writeResults(run: number, { detail: { attributes }, end }: ReadSpan): void {
    const step = finite(attributes[TRAINING.step]) ?? null
    const evaluation = word(attributes[TRAINING.evaluation]) ?? ''
    const results = Object.entries(beneath(attributes, prefixOf(TRAINING.result)))
    for (const [name, value] of results) {
      const number = finite(value)
      if (number !== undefined) {
        this.#putPoint.run(run, evaluationMetric(evaluation, name), end, step, number)
      }
    }
  }

  #writeLog(log: ReadLog): boolean {
    const { event, detail, traceId } = log
    const { attributes } = detail
    const time = timeOf(log)
    const run = this.#run(attributes, log.resource.service, time, time)
    if (run === undefined) return false
    if (event === EVENTS.step) {
      const step = finite(attributes[TRAINING.step]) ?? null
      for (const [attribute, metric] of OF_STEP) {
        const value = finite(attributes[attribute])
        if (value !== undefined) this.#putPoint.run(run, metric, time, step, value)
      }
    } else if (event === EVENTS.anomaly) {
      const name = word(attributes[TRAINING.anomaly]) ?? ''
      this.#happened(run, {
        kind: 'anomaly',
        name,
        time,
        duration: 0,
        failed: true,
        traceId,
        attributes,
      })
    }
    return true
  }

  #writePoint({ attributes, metric, recorded, time, resource }: ReadPoint): boolean {
    const run = this.#run(attributes, resource.service, time, time)
    if (run === undefined) return false
    if (recorded.value === null) return true
    const isEvaluation = metric.name === trainingMetrics.evaluation.name
    const name = isEvaluation
      ? evaluationMetric(
          word(attributes[TRAINING.evaluation]) ?? '',
          word(attributes[TRAINING.resultName]) ?? '',
        )
      : metric.name
    this.#putPoint.run(run, name, time, null, Number(recorded.value))
    return true
  }

  #run(
    attributes: StoredAttributes,
    service: string,
    from: bigint,
    to: bigint,
  ): number | undefined {
    const id = word(attributes[TRAINING.run])
    if (id === undefined) return undefined
    const name = word(attributes[TRAINING.name]) ?? ''
    return Number(this.#putRun.get(id, name, service, from, to)?.['id'])
  }

  #happened(run: number, happened: Happened): void {
    const { attributes } = happened
    this.#insertEvent.run(
      run,
      happened.kind,
      happened.name,
      happened.time,
      happened.duration,
      finite(attributes[TRAINING.checkpointStep] ?? attributes[TRAINING.step]) ?? null,
      Number(happened.failed),
      happened.traceId,
      JSON.stringify(attributes),
    )
  }
}

/** The name under which one number of an evaluation is kept. */
function evaluationMetric(evaluation: string, metric: string): string {
  return `${trainingMetrics.evaluation.name}/${evaluation}/${metric}`
}

/** What lies beneath a prefix, by what follows it. */
function beneath(attributes: StoredAttributes, prefix: string): Readonly<Record<string, Stored>> {
  return Object.fromEntries(
    Object.entries(attributes)
      .filter(([key]) => key.startsWith(prefix))
      .map(([key, value]) => [key.slice(prefix.length), value]),
  )
}
