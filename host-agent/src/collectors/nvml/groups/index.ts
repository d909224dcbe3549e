import type { Group } from '../group.ts'
import { clockLimits, clocks, performanceState, throttling } from './clocks.ts'
import { eccErrors, remappedRows, retiredPages } from './errors.ts'
import { fans, temperature, temperatureLimits } from './heat.ts'
import { info } from './info.ts'
import { engines, load } from './load.ts'
import { bar1, memory } from './memory.ts'
import { instances } from './mig.ts'
import { nvlink, nvlinkState } from './nvlink.ts'
import { pcie, pcieTraffic } from './pcie.ts'
import { power, powerLimits } from './power.ts'
import { processMemory, processUtilization } from './processes.ts'

/** Everything that is read of a GPU. */
export const groups: readonly Group[] = [
  load,
  memory,
  temperature,
  power,
  clocks,
  instances,
  engines,
  throttling,
  performanceState,
  fans,
  pcie,
  pcieTraffic,
  nvlink,
  eccErrors,
  processMemory,
  processUtilization,
  bar1,
  temperatureLimits,
  powerLimits,
  clockLimits,
  nvlinkState,
  retiredPages,
  remappedRows,
  info,
]
