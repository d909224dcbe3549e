import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import type { Client } from './client.ts'
import type { Column } from './column.ts'
import type { Received, Sink } from './sink.ts'
import type { Assignment } from './worker.ts'

/** What is compared. */
export interface Comparison {
  readonly title: string
  readonly work: string
  /** Pieces of work in one round, and how many of them a span tells of. */
  readonly count: number
  readonly piecesPerSpan: number
  /** How often all processes are started anew, since no two of a program are equally fast. */
  readonly sessions: number
  /** Rounds of one session. */
  readonly rounds: number
  /** Rounds before those that count. */
  readonly warmUp: number
  /** Whether with content off, on, or both. */
  readonly content: readonly boolean[]
  /** Those that take part; all if absent. */
  readonly columns?: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  /** Prints what came out. */
  report(comparison: Comparison, circumstances: Circumstances, series: readonly Series[]): void
}

/** One column's rounds. */
export interface Series {
  readonly column: Column
  /** What was measured, round by round: by default µs a piece of work. */
  readonly measured: readonly number[]
  /** Spans that arrived for each that should have. */
  readonly spans: number
  readonly metrics: boolean
  readonly content: boolean
}

interface Worker {
  readonly process: ChildProcess
  readonly measured: number[]
  readonly received: () => Received
}

/** Runs all sessions of a comparison. */
export async function compare(
  comparison: Comparison,
  columns: readonly Column[],
  circumstances: Circumstances,
): Promise<Series[]> {
  const sessions: Worker[][] = []
  for (let session = 0; session < comparison.sessions; session += 1) {
    sessions.push(await runSession(comparison, columns, circumstances))
  }
  const { warmUp, rounds, count, piecesPerSpan } = comparison
  const expected = (sessions.length * (warmUp + rounds) * count) / piecesPerSpan
  return columns.map((column, index) => {
    const workers = sessions.flatMap((session) => session[index] ?? [])
    const received = workers.map((worker) => worker.received())
    return {
      column,
      measured: workers.flatMap(({ measured }) => measured),
      spans: received.reduce((sum, { spans }) => sum + spans, 0) / expected,
      metrics: received.some(({ metrics }) => metrics),
      content: received.some((all) => all.content),
    }
  })
}

/** Starts all columns, and has them work in turn, there and back, so that a change in the machine's speed hits all. */
async function runSession(
  { work, count, warmUp, rounds, env }: Comparison,
  columns: readonly Column[],
  { client, content, install, sink }: Circumstances,
): Promise<Worker[]> {
  const start = (column: Column): Promise<Worker> => {
    const { url, received } = sink.open(client.facts.question)
    const assignment: Assignment = {
      column: column.name,
      client: client.name,
      work,
      content,
      sink: url,
      install,
    }
    return startWorker(column, assignment, received, { ...env })
  }
  const workers = await Promise.all(columns.map(start))
  for (let round = -warmUp; round < rounds; round += 1) {
    for (const worker of round % 2 === 0 ? workers : workers.toReversed()) {
      worker.process.send(count)
      const [result] = (await once(worker.process, 'message')) as [number]
      if (round >= 0) worker.measured.push(result)
    }
  }
  await Promise.all(workers.map(stop))
  return workers
}

export interface Circumstances {
  readonly client: Client
  readonly content: boolean
  readonly install: string
  readonly sink: Sink
}

async function startWorker(
  column: Column,
  assignment: Assignment,
  received: () => Received,
  env: Readonly<Record<string, string>>,
): Promise<Worker> {
  const process = fork(new URL('worker.ts', import.meta.url), [JSON.stringify(assignment)], {
    execArgv: ['--expose-gc'],
    env: environment(assignment.sink, { ...env, ...column.content[on(assignment)] }),
  })
  const [ready] = (await Promise.race([once(process, 'message'), once(process, 'exit')])) as [
    unknown,
  ]
  if (ready !== 'ready') throw new Error(`${column.name} does not start`)
  return { process, measured: [], received }
}

const on = ({ content }: Assignment): 'on' | 'off' => (content ? 'on' : 'off')

const environment = (sink: string, more: Readonly<Record<string, string>>): NodeJS.ProcessEnv => ({
  ...process.env,
  OTEL_EXPORTER_OTLP_ENDPOINT: sink,
  OTEL_METRIC_EXPORT_INTERVAL: '60000',
  OTEL_BSP_SCHEDULE_DELAY: '10',
  OTEL_BSP_MAX_QUEUE_SIZE: '100000',
  ...more,
})

async function stop({ process }: Worker): Promise<void> {
  const exited = once(process, 'exit')
  process.disconnect()
  await exited
}
