import { guard } from '../guard.ts'
import type { ExportResult } from './transport.ts'

/** Most bytes of one export: receivers of gRPC take 4 MiB, and refuse a larger one whole. */
export const MOST_BYTES = 3_500_000

/** What a span or log record costs beside its attributes, and an attribute beside its value. */
const RECORD = 512
const ATTRIBUTE = 32

/** How many batches are on their way at once: exporters take 30. */
const MOST_AT_ONCE = 16

/** As far as is read here of a span or log record. */
interface Item {
  readonly attributes?: Readonly<Record<string, unknown>>
}

type Send = (batch: readonly Item[], done: (result: ExportResult) => void) => void

/** Exports what a processor has gathered, in as many batches as its size asks for. */
export function exportInBatches(
  items: readonly Item[],
  send: Send,
  done: (result: ExportResult) => void,
): void {
  const batches = guard('batches', () => batchesOf(items)) ?? [[...items]]
  let open = batches.length
  let worst: ExportResult = { code: 0 }
  const next = (): void => {
    const batch = batches.shift()
    if (!batch) return
    send(batch, (result) => {
      if (result.code !== 0) worst = result
      open -= 1
      if (open === 0) done(worst)
      else next()
    })
  }
  for (let begun = Math.min(MOST_AT_ONCE, open); begun > 0; begun -= 1) next()
}

function batchesOf(items: readonly Item[]): Item[][] {
  let batch: Item[] = []
  let room = MOST_BYTES
  const batches = [batch]
  for (const item of items) {
    const size = RECORD + sizeOf(item.attributes)
    if (size > room && batch.length > 0) {
      batches.push((batch = []))
      room = MOST_BYTES
    }
    batch.push(item)
    room -= size
  }
  return batches
}

/** Bytes of a value, about. */
function sizeOf(value: unknown): number {
  if (typeof value === 'string') return Buffer.byteLength(value)
  if (typeof value !== 'object' || value === null) return 8
  let size = 0
  for (const item of Object.values(value)) size += ATTRIBUTE + sizeOf(item)
  return size
}
