/** How a field of a struct lies in memory. Texts are of that many bytes, and end with the first 0. */
export type FieldType = 'int32' | 'uint32' | 'uint64' | 'double' | 'char16' | 'char32'

/** A struct of NVML on a 64-bit machine: sizes and offsets in bytes. */
export interface Layout {
  readonly struct: string
  readonly size: number
  /** The version that the caller writes into the first field, where there is one. */
  readonly version?: number
  readonly fields: Readonly<Record<string, readonly [offset: number, type: FieldType]>>
}

/** Every struct that the agent reads, by its name in nvml.h. The fake library is compiled against it. */
export const layouts = {
  utilization: {
    struct: 'nvmlUtilization_t',
    size: 8,
    fields: { gpu: [0, 'uint32'], memory: [4, 'uint32'] },
  },
  memory: {
    struct: 'nvmlMemory_t',
    size: 24,
    fields: {
      total: [0, 'uint64'],
      free: [8, 'uint64'],
      used: [16, 'uint64'],
    },
  },
  memoryV2: {
    struct: 'nvmlMemory_v2_t',
    size: 40,
    version: 2,
    fields: {
      version: [0, 'uint32'],
      total: [8, 'uint64'],
      reserved: [16, 'uint64'],
      free: [24, 'uint64'],
      used: [32, 'uint64'],
    },
  },
  bar1: {
    struct: 'nvmlBAR1Memory_t',
    size: 24,
    fields: {
      bar1Total: [0, 'uint64'],
      bar1Free: [8, 'uint64'],
      bar1Used: [16, 'uint64'],
    },
  },
  pci: {
    struct: 'nvmlPciInfo_t',
    size: 68,
    fields: {
      busIdLegacy: [0, 'char16'],
      domain: [16, 'uint32'],
      bus: [20, 'uint32'],
      device: [24, 'uint32'],
      pciDeviceId: [28, 'uint32'],
      pciSubSystemId: [32, 'uint32'],
      busId: [36, 'char32'],
    },
  },
  fieldValue: {
    struct: 'nvmlFieldValue_t',
    size: 40,
    fields: {
      fieldId: [0, 'uint32'],
      scopeId: [4, 'uint32'],
      timestamp: [8, 'uint64'],
      latencyUsec: [16, 'uint64'],
      valueType: [24, 'uint32'],
      nvmlReturn: [28, 'uint32'],
      value: [32, 'uint64'],
    },
  },
  process: {
    struct: 'nvmlProcessInfo_t',
    size: 24,
    fields: {
      pid: [0, 'uint32'],
      usedGpuMemory: [8, 'uint64'],
      gpuInstanceId: [16, 'uint32'],
      computeInstanceId: [20, 'uint32'],
    },
  },
  processSample: {
    struct: 'nvmlProcessUtilizationSample_t',
    size: 32,
    fields: {
      pid: [0, 'uint32'],
      timeStamp: [8, 'uint64'],
      smUtil: [16, 'uint32'],
      memUtil: [20, 'uint32'],
      encUtil: [24, 'uint32'],
      decUtil: [28, 'uint32'],
    },
  },
  event: {
    struct: 'nvmlEventData_t',
    size: 32,
    fields: {
      device: [0, 'uint64'],
      eventType: [8, 'uint64'],
      eventData: [16, 'uint64'],
      gpuInstanceId: [24, 'uint32'],
      computeInstanceId: [28, 'uint32'],
    },
  },
  attributes: {
    struct: 'nvmlDeviceAttributes_t',
    size: 40,
    fields: {
      multiprocessorCount: [0, 'uint32'],
      gpuInstanceSliceCount: [24, 'uint32'],
      computeInstanceSliceCount: [28, 'uint32'],
      memorySizeMB: [32, 'uint64'],
    },
  },
  violation: {
    struct: 'nvmlViolationTime_t',
    size: 16,
    fields: {
      referenceTime: [0, 'uint64'],
      violationTime: [8, 'uint64'],
    },
  },
  temperature: {
    struct: 'nvmlTemperature_t',
    size: 12,
    version: 1,
    fields: { version: [0, 'uint32'], sensorType: [4, 'uint32'], temperature: [8, 'int32'] },
  },
  fanSpeed: {
    struct: 'nvmlFanSpeedInfo_t',
    size: 12,
    version: 1,
    fields: { version: [0, 'uint32'], fan: [4, 'uint32'], speed: [8, 'uint32'] },
  },
} as const

/** The word that NVML wants in the first field: the version, and the size to be sure. */
export function versionWord({ version = 0, size }: Layout): number {
  return ((version << 24) | size) >>> 0
}

/** Reads one field; a 64-bit one loses what a double does not hold. */
export function readNumber<L extends Layout>(
  { fields }: L,
  buffer: Buffer,
  field: keyof L['fields'] & string,
  at = 0,
): number {
  const [offset, type] = fields[field] ?? [0, 'uint32']
  switch (type) {
    case 'int32':
      return buffer.readInt32LE(at + offset)
    case 'uint64':
      return Number(buffer.readBigUInt64LE(at + offset))
    case 'double':
      return buffer.readDoubleLE(at + offset)
    default:
      return buffer.readUInt32LE(at + offset)
  }
}

/** The text that begins at `start` and takes at most `length` bytes. */
export function readText(buffer: Buffer, start = 0, length: number = buffer.length): string {
  const text = buffer.toString('utf8', start, start + length)
  const end = text.indexOf('\0')
  return end === -1 ? text : text.slice(0, end)
}
