/**
 * What instrumentation adds to a call, to a streamed chunk and to the wait for the first one, and whether
 * memory stays flat: bare clients, one hand-written OpenTelemetry span per call, this SDK, and the
 * published ones of others.
 *
 *     npm run bench -- calls chunks --client openai --column OpenLLMetry --quick
 */
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { installFrom } from '../../clients/workspace.ts'
import type { Client } from './client.ts'
import { clients } from './clients/index.ts'
import type { Column } from './column.ts'
import { columns } from './columns/index.ts'
import { type Circumstances, compare, type Comparison } from './compare.ts'
import { comparisons } from './comparisons.ts'
import { startSink } from './sink.ts'

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    client: { type: 'string', multiple: true },
    column: { type: 'string', multiple: true },
    quick: { type: 'boolean', default: false },
  },
})

const askedClients = chosen(clients, values.client)
const askedColumns = chosen(columns, values.column)
const install = join(await installFrom(join(import.meta.dirname, 'rivals')), 'package.json')
const sink = await startSink()
for (const comparison of comparisons.filter(isAsked)) {
  for (const client of askedClients) {
    for (const content of comparison.content) {
      await run(comparison, { client, content, install, sink })
    }
  }
}
sink.close()

/** Those with one of these names; all if there are none. */
function chosen<T extends { readonly name: string }>(all: readonly T[], names?: string[]): T[] {
  const known = all.map(({ name }) => name)
  const unknown = names?.find((name) => !known.includes(name))
  if (unknown !== undefined) throw new Error(`${unknown} is none of: ${known.join(', ')}`)
  return all.filter(({ name }) => names?.includes(name) ?? true)
}

function isAsked({ work }: Comparison): boolean {
  return positionals.length === 0 || positionals.includes(work)
}

async function run(comparison: Comparison, circumstances: Circumstances): Promise<void> {
  const quick = { sessions: 1, rounds: Math.ceil(comparison.rounds / 2) }
  const asked = { ...comparison, ...(values.quick && quick) }
  const takingPart = columns.filter((column) => takesPart(column, comparison, circumstances))
  comparison.report(asked, circumstances, await compare(asked, takingPart, circumstances))
}

function takesPart(
  column: Column,
  comparison: Comparison,
  { client, content }: { readonly client: Client; readonly content: boolean },
): boolean {
  const { name, clients: traced, content: modes, work } = column
  return (
    traced.includes(client.name) &&
    modes[content ? 'on' : 'off'] !== undefined &&
    (work === undefined || work === comparison.work) &&
    (comparison.columns?.includes(name) ?? true) &&
    // the others are compared with these
    (askedColumns.includes(column) || columns.indexOf(column) < 2)
  )
}
