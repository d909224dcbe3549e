import type { Host, PointAttributes } from '../../collector.ts'
import type { GpuMetricName } from '../../gpu/metrics.ts'
import type { GpuSample } from '../../gpu/samples.ts'
import type { Gpu } from './gpu.ts'

/** How often a group is read: every round, every 15 s, every minute; never oftener than a round comes. */
export type Tier = 'always' | 'often' | 'seldom'

/** One reading. What looks into files takes a while, what asks the driver does not let go. */
export type Read = () => Iterable<GpuSample> | Promise<readonly GpuSample[]>

/** Readings of one GPU that belong together. */
export interface Group {
  /** What is read, as the watchdog tells it. */
  readonly name: string
  readonly tier: Tier
  /** Makes a reader with its own memory of earlier readings. Reads nothing yet. */
  readonly open: (gpu: Gpu, host: Host) => Read
}

/** The sample, where there is a value. */
export function* sampleOf(
  metric: GpuMetricName,
  value: number | undefined,
  attributes: PointAttributes,
): Generator<GpuSample> {
  if (value !== undefined) yield { metric, value, attributes }
}
