import { type Group, sampleOf } from '../group.ts'

const ECC_TYPES = { corrected: 0, uncorrected: 1 }
// Over the life of the GPU: the other counter begins anew with the driver.
const AGGREGATE = 1

const RETIRED_PAGES = { sbe: 29, dbe: 30 }
const RETIREMENT_PENDING = 31
const RECOVERY_ACTION = 230
const BANKS = ['max', 'high', 'partial', 'low', 'none']

/** Memory errors, and what the driver wants to be done about the GPU. */
export const eccErrors: Group = {
  name: 'memory errors',
  tier: 'often',
  open: ({ device, identity, health }) =>
    function* () {
      for (const [type, number] of Object.entries(ECC_TYPES)) {
        const count = device.long('nvmlDeviceGetTotalEccErrors', number, AGGREGATE)
        yield* sampleOf('hw.errors', count, { ...identity, 'error.type': type })
      }
      health.recoveryAction = device.fields([RECOVERY_ACTION]).get(RECOVERY_ACTION) ?? 0
    },
}

/** Pages taken out of use, which GPUs before Ampere do. */
export const retiredPages: Group = {
  name: 'retired pages',
  tier: 'seldom',
  open: ({ device, identity, health }) =>
    function* () {
      const values = device.fields([...Object.values(RETIRED_PAGES), RETIREMENT_PENDING])
      for (const [cause, id] of Object.entries(RETIRED_PAGES))
        yield* sampleOf('gpu.memory.retired_pages', values.get(id), {
          ...identity,
          'gpu.memory.retirement.cause': cause,
        })
      const pending = values.get(RETIREMENT_PENDING)
      health.pageDue = pending === 1
      yield* sampleOf('gpu.memory.retired_pages.pending', pending, identity)
    },
}

/** Rows replaced by spare ones, which newer GPUs do. */
export const remappedRows: Group = {
  name: 'remapped rows',
  tier: 'seldom',
  open: ({ device, identity, health }) =>
    function* () {
      const rows = device.numbers('nvmlDeviceGetRemappedRows', 4)
      const [corrected, uncorrected, pending, failure] = rows ?? []
      for (const [type, count] of Object.entries({ corrected, uncorrected }))
        yield* sampleOf('gpu.memory.remapped_rows', count, { ...identity, 'error.type': type })
      yield* sampleOf('gpu.memory.remapped_rows.pending', pending, identity)
      yield* sampleOf('gpu.memory.remapped_rows.failure', failure, identity)
      health.rowDue = pending === 1 || failure === 1
      const histogram = Buffer.alloc(4 * BANKS.length)
      if (!device.ask('nvmlDeviceGetRowRemapperHistogram', histogram)) return
      for (const [index, availability] of BANKS.entries())
        yield* sampleOf('gpu.memory.remapped_rows.banks', histogram.readUInt32LE(4 * index), {
          ...identity,
          'gpu.memory.remap.availability': availability,
        })
    },
}
