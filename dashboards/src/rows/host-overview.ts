import { stat } from '../kit.ts'
import { temperature, utilization } from '../limits.ts'
import { highest, latest, over } from '../queries.ts'
import type { Row } from '../row.ts'
import { HOST, NO_HOSTS, host, hostMetric } from '../scopes/host.ts'

// what a tile has room for; the table below says why
const NO_GPU = 'no GPU'
const BUSY = { 'cpu.mode': '!~"idle|iowait"' }
const GENERAL = { 'hw.gpu.task': '="general"' }
const gpus = host(hostMetric('hw.gpu.memory.limit'))

export const hostOverview: Row = {
  title: 'Overview',
  panels: [
    stat({
      title: 'GPUs',
      description: 'GPUs that report now.',
      unit: 'short',
      queries: { gpus: latest('count', gpus) },
      width: 3,
      empty: NO_GPU,
    }),
    stat({
      title: 'GPU utilisation',
      description: 'Mean over the GPUs of the share of time that they were busy.',
      unit: 'percentunit',
      queries: { busy: latest('avg', host(hostMetric('hw.gpu.utilization'), GENERAL)) },
      limits: utilization,
      width: 3,
      empty: NO_GPU,
    }),
    stat({
      title: 'GPU memory',
      description: 'Share of the memory of all GPUs that is in use.',
      unit: 'percentunit',
      queries: {
        used: over(latest('sum', host(hostMetric('hw.gpu.memory.usage'))), latest('sum', gpus)),
      },
      limits: utilization,
      width: 3,
      empty: NO_GPU,
    }),
    stat({
      title: 'GPU power',
      description: 'Power that all GPUs draw together.',
      unit: 'watt',
      queries: {
        power: latest('sum', host(hostMetric('hw.power'), { 'hw.type': '="gpu"' })),
      },
      width: 3,
      empty: NO_GPU,
    }),
    stat({
      title: 'Hottest GPU',
      description: 'Highest temperature of any sensor of a GPU.',
      unit: 'celsius',
      queries: {
        hottest: latest('max', host(hostMetric('hw.temperature'), { 'hw.type': '="gpu"' })),
      },
      limits: temperature,
      width: 3,
      empty: NO_GPU,
    }),
    stat({
      title: 'Hosts',
      description: 'Hosts whose agent reports now.',
      unit: 'short',
      queries: {
        hosts: latest('count', host(hostMetric('system.memory.limit'))),
      },
      width: 3,
      empty: NO_HOSTS,
    }),
    stat({
      title: 'Busiest CPU',
      description: 'Share of its time that the busiest host computed.',
      unit: 'percentunit',
      queries: {
        busy: highest(latest('sum', host(hostMetric('system.cpu.utilization'), BUSY), [HOST])),
      },
      limits: utilization,
      width: 3,
      empty: NO_HOSTS,
    }),
    stat({
      title: 'Fullest memory',
      description: 'Share of its memory that the fullest host uses, caches left out.',
      unit: 'percentunit',
      queries: {
        used: latest(
          'max',
          host(hostMetric('system.memory.utilization'), { 'system.memory.state': '="used"' }),
        ),
      },
      limits: utilization,
      width: 3,
      empty: NO_HOSTS,
    }),
  ],
}
