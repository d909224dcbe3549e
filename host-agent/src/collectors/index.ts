import type { Collector } from '../collector.ts'
import { containers } from './containers/index.ts'
import { cpu } from './cpu.ts'
import { disk } from './disk.ts'
import { filesystem } from './filesystem.ts'
import { load } from './load.ts'
import { memory } from './memory.ts'
import { network } from './network.ts'
import { nvidiaSmi } from './nvidia-smi/index.ts'
import { nvml } from './nvml/index.ts'
import { paging } from './paging.ts'
import { pressure } from './pressure.ts'
import { self } from './self.ts'
import { uptime } from './uptime.ts'

/** Every source that the agent knows; of those with the same subject, the better one comes first. */
export const collectors: readonly Collector[] = [
  cpu,
  memory,
  paging,
  disk,
  filesystem,
  network,
  load,
  uptime,
  pressure,
  containers,
  self,
  nvml,
  nvidiaSmi,
]
