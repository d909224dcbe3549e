import type { AttributeName } from '../../attributes.ts'
import type { Collector, PointAttributes } from '../../collector.ts'
import { type GpuMetricName, gpuMetrics } from '../../gpu/metrics.ts'
import { clockEvents, type GpuSample, ofPart, status } from '../../gpu/samples.ts'
import { bits, mebibytes, words } from './cell.ts'
import { createQuery, gpuId, type Row } from './query.ts'
import { readings } from './readings.ts'
import { judge } from './status.ts'

// What `gpu.info` tells, by the field that says it.
const INFO = {
  driver_version: 'hw.driver_version',
  vbios_version: 'hw.firmware_version',
  index: 'gpu.index',
  'pci.bus_id': 'gpu.pci.address',
  compute_cap: 'gpu.compute_capability',
  'mig.mode.current': 'gpu.mig.mode',
  'ecc.mode.current': 'gpu.ecc.mode',
  persistence_mode: 'gpu.persistence_mode',
} satisfies Readonly<Record<string, AttributeName>>

const FIELDS = [
  ...new Set([
    'uuid',
    'name',
    ...Object.keys(INFO),
    ...readings.map(({ field }) => field),
    'clocks_event_reasons.active',
    'gpu_recovery_action',
  ]),
]

// A GPU that fell off its bus is told of for as long as somebody may still look for it.
const REMEMBERED_MS = 3_600_000
// No row is also what a missing driver leaves; these words are about the GPUs themselves.
const ALL_GONE = /No devices were found|Unable to determine the device handle/

/** NVIDIA GPUs through `nvidia-smi`, one run for all of them. */
export const nvidiaSmi: Collector<GpuMetricName> = {
  name: 'nvidia-smi',
  metrics: gpuMetrics,
  subject: 'nvidia',
  open: (host) => {
    const query = createQuery(host, FIELDS)
    // By PCI address, which a GPU still tells when its UUID can no longer be read.
    const seen = new Map<string, { identity: PointAttributes; at: number }>()
    return async function* (signal) {
      const { rows, complaint } = await query(signal)
      const now = performance.now()
      for (const row of rows) {
        const address = words(row('pci.bus_id')) ?? row('uuid')
        const known = words(row('uuid')) === undefined ? seen.get(address)?.identity : undefined
        const identity = known ?? identify(row)
        seen.set(address, { identity, at: now })
        yield* read(row, identity)
      }
      const answered = rows.length > 0 || ALL_GONE.test(complaint ?? '')
      for (const [address, { identity, at }] of answered ? seen : []) {
        if (at < now) yield* status(identity, 'failed')
        if (now - at > REMEMBERED_MS) seen.delete(address)
      }
      if (complaint !== undefined) throw new Error(complaint)
    }
  },
}

function identify(row: Row): PointAttributes {
  const name = words(row('name'))
  return {
    'hw.id': gpuId(row) ?? '',
    'hw.type': 'gpu',
    'hw.vendor': 'NVIDIA',
    ...(name !== undefined && { 'hw.name': name }),
  }
}

function* read(row: Row, identity: PointAttributes): Generator<GpuSample> {
  for (const { field, metric, read: readCell, attributes, part } of readings) {
    const value = readCell(row(field))
    const of = part === undefined ? identity : ofPart(identity, part)
    if (value !== undefined) yield { metric, value, attributes: { ...of, ...attributes } }
  }
  const [used, total] = [mebibytes(row('memory.used')), mebibytes(row('memory.total'))]
  if (used !== undefined && total)
    yield { metric: 'hw.gpu.memory.utilization', value: used / total, attributes: identity }
  const active = bits(row('clocks_event_reasons.active'))
  if (active !== undefined) yield* clockEvents(identity, active)
  yield* status(identity, judge(row))
  yield { metric: 'gpu.info', value: 1, attributes: { ...identity, ...info(row) } }
}

function info(row: Row): PointAttributes {
  const known = Object.entries(INFO).map(([field, attribute]) => [attribute, words(row(field))])
  return Object.fromEntries(known.filter(([, value]) => value !== undefined)) as PointAttributes
}
