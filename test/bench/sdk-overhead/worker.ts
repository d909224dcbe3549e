/** One column in a process of its own: does rounds on request and tells what each took. */
import { createRequire } from 'node:module'
import { clients } from './clients/index.ts'
import type { Calls } from './client.ts'
import { columns } from './columns/index.ts'
import { flushMetrics, flushSpans } from './open-telemetry.ts'
import { answerFromMemory } from './transport.ts'
import { works } from './work.ts'

/** What a worker is started with. */
export interface Assignment {
  readonly column: string
  readonly client: string
  readonly work: string
  readonly content: boolean
  readonly sink: string
  /** A file in the folder of the bench's install. */
  readonly install: string
}

const assignment = JSON.parse(process.argv[2] ?? '') as Assignment
const column = named(columns, assignment.column)
const client = named(clients, assignment.client)
const work = works[assignment.work]
if (!work) throw new Error(`There is no work ${assignment.work}`)

const load = createRequire(assignment.install)
const answer = answerFromMemory(client.facts.host)
const { content, sink } = assignment
const tracing = (await column.start?.({ client, content, sink, load })) ?? {}
const plain = client.create(load(client.name))
const calls: Calls = client.calls(tracing.wrap?.(plain) ?? plain)
const flush = tracing.flush ?? (() => flushSpans(tracing.api))
const round = work({ ...(tracing.around?.(calls) ?? calls), provider: client, answer, flush })

/** CPU time of all threads. */
function cpu(): number {
  const { user, system } = process.cpuUsage()
  return user + system
}

function named<T extends { readonly name: string }>(all: readonly T[], name: string): T {
  const found = all.find((one) => one.name === name)
  if (!found) throw new Error(`There is no ${name}`)
  return found
}

process.on('message', async (count: number) => {
  const before = cpu()
  const result = await round(count)
  // what the spans of a round cost to export belongs to the calls that made them
  await flush()
  process.send?.(result ?? (cpu() - before) / count)
})
process.once('disconnect', async () => {
  await flushMetrics(tracing.api)
  process.exit(0)
})
process.send?.('ready')
