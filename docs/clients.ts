import { plainOperations } from '../sdk/src/calls/plain-operations.ts'
import type { Adapter, Target } from '../sdk/src/calls/adapter.ts'
import { adapters } from '../sdk/src/instrumentations/index.ts'
import { notes } from './notes.ts'
import { alignedTable, code, codes, table } from './table.ts'

const LOCAL =
  'Its models run in this process: a call is an INTERNAL span, which says what the model runs on, how it keeps its weights, ' +
  'and how many tokens it wrote in a second. `gen_ai.response.time_to_first_chunk` is the time to the first token, ' +
  'streamed or not: each token is a chunk. Nothing is sent, so there are no attempts.'

/** The pages of the clients, by their files. */
export const clientPages: Readonly<Record<string, () => string>> = Object.fromEntries(
  adapters.map((adapter) => [fileOf(adapter), () => clientPage(adapter)]),
)

/** The README's table of what is instrumented. */
export function clientsTable(): string {
  return alignedTable(
    ['client', 'versions', 'calls'],
    adapters.map((adapter) => [
      `[${code(adapter.module)}](docs/${fileOf(adapter)})`,
      adapter.majors.join(', '),
      summaryOf(adapter),
    ]),
  )
}

function fileOf({ module }: Adapter): string {
  return `clients/${module.replace('@', '').replace('/', '-')}.md`
}

/** What a call of a method may be. */
const operationsOf = ({ method }: Target): readonly string[] =>
  'choose' in method ? method.operations : [method.operation]

const isPlain = (target: Target): boolean =>
  operationsOf(target).every((operation) =>
    (plainOperations as readonly string[]).includes(operation),
  )

const distinct = (texts: readonly string[]): string[] => [...new Set(texts)]

/** The methods that a model answers, and how many other requests there are. */
function summaryOf({ targets }: Adapter): string {
  const answered = distinct(targets.filter((target) => !isPlain(target)).map(methodOf))
  const plain = distinct(targets.filter(isPlain).flatMap(operationsOf))
  const others = plain.length > 0 ? `; ${plain.length} plain operations` : ''
  return codes(answered) + others
}

/** What an application calls: some clients have a method of their own behind that. */
function methodOf({ resource, name }: Target): string {
  // a pipeline is called as a function
  const called = name === '_call' ? 'pipeline()' : name.replace(/(Stream)?Internal$/, '$1')
  return resource === undefined ? called : `${resource}.${called}`
}

function clientPage(adapter: Adapter): string {
  const { module, majors, provider, targets, isLocal } = adapter
  const told = isLocal ? '.' : ' where neither the host nor the client tells another.'
  return [
    `# ${code(module)}`,
    `Made from the adapter by \`npm run docs\`; a test compares. Tested in ${majors.length > 1 ? 'the major versions' : 'the major version'} ${majors.join(', ')}, in ESM and ` +
      `CommonJS. \`gen_ai.provider.name\` is ${code(provider)}${told}`,
    ...(notes[module] ?? []),
    table(
      ['method', 'operation'],
      distinct(
        targets
          .filter((target) => operationsOf(target).length > 0)
          .map((target) => `${code(methodOf(target))}|${codes(operationsOf(target))}`),
      ).map((row) => row.split('|')),
    ),
    requestsText(adapter),
    ...othersText(adapter),
    '',
  ].join('\n\n')
}

function requestsText({ attempt, isLocal }: Adapter): string {
  if (isLocal) return LOCAL
  if (!attempt)
    return 'Its HTTP requests are not told apart: a call is one span, and has no attempts.'
  const { requestId, rateLimits } = attempt.headers
  const id = requestId.length > 0 ? `, with the provider's id from ${codes(requestId)}` : ''
  const limits = rateLimits.map(({ limit }) => limit)
  const told =
    limits.length > 0 ? ` Rate limits are read from ${codes(limits)} and their like.` : ''
  return `Each HTTP request of a call is an attempt${id}.${told}`
}

function othersText({ others = [] }: Adapter): string[] {
  if (others.length === 0) return []
  return [
    `Where one of these traces it as well, its spans stay and ours are left out: ${codes(others)}.`,
  ]
}
