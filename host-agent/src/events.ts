import type { AttributeName } from './attributes.ts'

const all = {
  'gpu.xid': {
    description: 'The driver reported an error of a GPU or of a program on it (XID).',
    attributes: [
      'hw.id',
      'hw.type',
      'hw.name',
      'hw.vendor',
      'gpu.xid.code',
      'gpu.xid.severity',
      'gpu.mig.gpu_instance.id',
      'gpu.mig.compute_instance.id',
    ],
  },
} as const

/** What kind of log record it is. */
export interface EventKind {
  readonly description: string
  readonly attributes: readonly AttributeName[]
}

/** The name of one. */
export type EventName = keyof typeof all

/** Every kind of log record that the agent sends. */
export const events: Readonly<Record<EventName, EventKind>> = all
