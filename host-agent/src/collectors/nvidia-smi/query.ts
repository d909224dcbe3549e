import type { CommandResult, Host } from '../../collector.ts'

/** One GPU as nvidia-smi tells it: the cell of a field, empty where this driver has no such field. */
export type Row = (field: string) => string

/** The GPUs that could be read, and what nvidia-smi said beside them if it was not content. */
export interface Answer {
  readonly rows: readonly Row[]
  readonly complaint: string | undefined
}

// Drivers before 535 know this field by an older name.
const OLDER_SPELLING: Readonly<Record<string, string>> = {
  'clocks_event_reasons.active': 'clocks_throttle_reasons.active',
}

/**
 * Asks nvidia-smi for `fields`. When it does not know one of them it names that one and answers
 * nothing else: the field is spelled the older way, or left out, until the driver changes.
 */
export function createQuery(
  { exec }: Host,
  fields: readonly string[],
): (signal: AbortSignal) => Promise<Answer> {
  const spelledAsGiven = new Map(fields.map((field) => [field, field]))
  let spellings = spelledAsGiven
  let driver: string | undefined
  return async (signal) => {
    for (;;) {
      const query = `--query-gpu=${[...spellings.values()].join(',')}`
      const format = '--format=csv,noheader,nounits'
      const result = await exec('nvidia-smi', [query, format], signal)
      const [, unknown] = /Field "([^"]+)" is not a valid field/.exec(words(result)) ?? []
      if (unknown !== undefined) {
        spellings = withoutSpelling(spellings, unknown)
        continue
      }
      const answer = parseAnswer(result, [...spellings.keys()])
      const answering = answer.rows[0]?.('driver_version')
      if (driver !== undefined && answering !== driver) spellings = spelledAsGiven
      driver = answering
      return answer
    }
  }
}

const words = ({ stdout, stderr }: CommandResult): string => `${stdout}\n${stderr}`

function withoutSpelling(
  spellings: ReadonlyMap<string, string>,
  unknown: string,
): Map<string, string> {
  const kept = new Map(spellings)
  for (const [field, spelling] of spellings) {
    if (spelling !== unknown) continue
    const older = OLDER_SPELLING[field]
    if (older !== undefined && older !== spelling) kept.set(field, older)
    else kept.delete(field)
    return kept
  }
  throw new Error(`nvidia-smi does not know the field ${unknown}, which it was not asked for`)
}

/** Reads row by row: a GPU that failed leaves a line of prose among the rows of the others. */
export function parseAnswer(result: CommandResult, fields: readonly string[]): Answer {
  const rows: Row[] = []
  const prose: string[] = []
  for (const line of words(result)
    .split('\n')
    .filter((text) => text.trim() !== '')) {
    const cells = line.split(',').map((cell) => cell.trim())
    const byField = new Map(fields.map((field, index) => [field, cells[index] ?? '']))
    const row: Row = (field) => byField.get(field) ?? ''
    if (cells.length === fields.length && gpuId(row) !== undefined) rows.push(row)
    else prose.push(line.trim())
  }
  if (result.status === 0 && rows.length > 0) return { rows, complaint: undefined }
  return { rows, complaint: prose.join(' ') || `nvidia-smi ended with status ${result.status}` }
}

/** The UUID of the GPU, else its PCI address; undefined where the row has neither. */
export function gpuId(row: Row): string | undefined {
  const [uuid, address] = [row('uuid'), row('pci.bus_id')]
  if (uuid.startsWith('GPU-')) return uuid
  return /^[\da-f]+:[\da-f]+:[\da-f]+\.\d$/i.test(address) ? address : undefined
}
