import type { PointAttributes } from '../../../collector.ts'
import type { Device } from '../device.ts'
import { type Group, sampleOf } from '../group.ts'
import { layouts, readText } from '../layouts.ts'

const VBIOS_BYTES = 32
const [BUS_ID] = layouts.pci.fields.busId
const BUS_ID_BYTES = 32

/** What changes rarely. */
export const info: Group = {
  name: 'identity',
  tier: 'seldom',
  open: ({ device, identity, index }) =>
    function* () {
      const { driverVersion, cudaVersion } = device.nvml
      const told = {
        'hw.driver_version': driverVersion,
        'hw.firmware_version': device.text('nvmlDeviceGetVbiosVersion', VBIOS_BYTES),
        'gpu.index': String(index),
        'gpu.pci.address': pciAddress(device),
        'gpu.compute_capability': device
          .numbers('nvmlDeviceGetCudaComputeCapability', 2)
          ?.join('.'),
        'gpu.cuda_version': cudaVersion,
        'gpu.mig.mode': mode(device.numbers('nvmlDeviceGetMigMode', 2)?.[0]),
        'gpu.ecc.mode': mode(device.numbers('nvmlDeviceGetEccMode', 2)?.[0]),
        'gpu.persistence_mode': mode(device.number('nvmlDeviceGetPersistenceMode')),
      }
      const known = Object.entries(told).filter(([, value]) => value !== undefined)
      const attributes = Object.fromEntries(known) as PointAttributes
      yield* sampleOf('gpu.info', 1, { ...identity, ...attributes })
    },
}

/** Where on the PCI bus the GPU is, as `nvidia-smi` writes it. */
export function pciAddress(device: Device): string | undefined {
  const pci = Buffer.alloc(layouts.pci.size)
  const told = device.ask('nvmlDeviceGetPciInfo_v3', pci)
  return told ? readText(pci, BUS_ID, BUS_ID_BYTES) : undefined
}

function mode(enabled: number | undefined): string | undefined {
  if (enabled === undefined) return undefined
  return enabled === 1 ? 'Enabled' : 'Disabled'
}
