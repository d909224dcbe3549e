/** Plays the contract over the newest version of every client, or of those that are named: `npm run compat`. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { alignedTable } from '../../../docs/table.ts'
import { contracts } from '../contracts.ts'
import { type Newest, resolveNewest } from './newest.ts'
import { type Outcome, play } from './play.ts'

const names = process.argv.slice(2)
const known = contracts.map(({ client }) => client)
const unknown = names.filter((name) => !known.includes(name))
if (unknown.length > 0) {
  process.stderr.write(`Unknown: ${unknown.join(', ')}. Known are ${known.join(', ')}.\n`)
  process.exit(2)
}

const folder = await mkdtemp(join(tmpdir(), 'llmscope-compat-'))
const chosen = contracts.filter(({ client }) => names.length === 0 || names.includes(client))
const newest: Newest[] = []
for (const contract of chosen) newest.push(await resolveNewest(contract, folder))
const outcomes = await play(newest, folder)
process.stdout.write(report(newest, outcomes))
await rm(folder, { recursive: true })
process.exitCode = outcomes.every(({ failed }) => failed.length === 0) ? 0 : 1

function report(all: readonly Newest[], of: readonly Outcome[]): string {
  const rows = all.map(({ contract, adapter, version }) => {
    const outcome = of.find(({ client }) => client === contract.client)
    return [
      adapter.module,
      version,
      adapter.majors.join(', '),
      String(outcome?.passed ?? 0),
      String(outcome?.failed.length ?? 0),
    ]
  })
  const failures = of.flatMap(({ client, failed }) =>
    failed.map((title) => `${client}: ${title}\n`),
  )
  const head = ['client', 'newest', 'tested majors', 'passed', 'failed']
  return `${alignedTable(head, rows)}\n${failures.length > 0 ? '\n' : ''}${failures.join('')}`
}
