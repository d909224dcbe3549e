import type { Device } from '../device.ts'
import { type Group, sampleOf } from '../group.ts'

// The scope that stands for the sum over all links.
const ALL_LINKS = 0xff_ff_ff_ff
const LINK_COUNT = 91
const LINK_STATE = 165
const MOST_LINKS = 36

const KIBIBYTES = { transmit: 138, receive: 139 }
// Blackwell's links count by these.
const BYTES = { transmit: 202, receive: 204 }
const ERRORS = { crc_flit: 38, crc_data: 45, replay: 52, recovery: 59, ecc: 160 }
const NEWER_ERRORS = { malformed: 206, overrun: 207, receive: 208, recovery_failed: 214 }

/** Traffic and errors of NVLink, over all links of the GPU. */
export const nvlink: Group = {
  name: 'NVLink',
  tier: 'often',
  open: ({ device, identity }) => {
    const link = { ...identity, 'gpu.interconnect.type': 'nvlink' }
    return function* () {
      if (linkCount(device) === 0) return
      const older = sums(device, KIBIBYTES)
      const bytes = older.size > 0 ? older : sums(device, BYTES)
      for (const [direction, count] of bytes)
        yield* sampleOf('gpu.interconnect.io', count * (bytes === older ? 1024 : 1), {
          ...link,
          'network.io.direction': direction,
        })
      const errors = [...sums(device, ERRORS), ...sums(device, NEWER_ERRORS)]
      for (const [type, count] of errors)
        yield* sampleOf('gpu.interconnect.errors', count, { ...link, 'error.type': type })
    }
  },
}

/** How many links are up. */
export const nvlinkState: Group = {
  name: 'NVLink state',
  tier: 'seldom',
  open: ({ device, identity }) =>
    function* () {
      const count = Math.min(linkCount(device), MOST_LINKS)
      if (count === 0) return
      const states = Array.from({ length: count }, (_each, link) =>
        device.fields([LINK_STATE], link).get(LINK_STATE),
      )
      if (states.every((state) => state === undefined)) return
      const attributes = { ...identity, 'gpu.interconnect.type': 'nvlink' }
      const active = states.filter((state) => state === 1).length
      yield* sampleOf('gpu.interconnect.links.active', active, attributes)
    },
}

function linkCount(device: Device): number {
  return device.fields([LINK_COUNT]).get(LINK_COUNT) ?? 0
}

function sums(device: Device, fields: Readonly<Record<string, number>>): Map<string, number> {
  const values = device.fields(Object.values(fields), ALL_LINKS)
  return new Map(
    Object.entries(fields).flatMap(([name, id]): [string, number][] => {
      const value = values.get(id)
      return value === undefined ? [] : [[name, value]]
    }),
  )
}
