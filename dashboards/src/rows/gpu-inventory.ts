import { equal, latest, over } from '../queries.ts'
import type { Row } from '../row.ts'
import { HOST, NO_GPUS, host, hostMetric } from '../scopes/host.ts'
import { table } from '../table.ts'

const GPU = [HOST, 'hw.name', 'hw.id']

export const gpuInventory: Row = {
  title: 'GPUs',
  panels: [
    table({
      title: 'GPUs that report now',
      description:
        'The busiest first. State: degraded is slowed down by its hardware or due for a reset, predicted_failure has memory to be replaced at the next reset, failed no longer answers.',
      rows: { Host: HOST, GPU: 'hw.name', Id: 'hw.id' },
      columns: {
        Utilisation: {
          query: latest(
            'max',
            host(hostMetric('hw.gpu.utilization'), { 'hw.gpu.task': '="general"' }),
            GPU,
          ),
          unit: 'percentunit',
        },
        Memory: {
          query: over(
            latest('sum', host(hostMetric('hw.gpu.memory.usage')), GPU),
            latest('sum', host(hostMetric('hw.gpu.memory.limit')), GPU),
          ),
          unit: 'percentunit',
        },
        Power: {
          query: latest('sum', host(hostMetric('hw.power'), { 'hw.type': '="gpu"' }), GPU),
          unit: 'watt',
        },
        State: {
          query: equal(latest('max', host(hostMetric('hw.status')), [...GPU, 'hw.state']), 1),
          attribute: 'hw.state',
          colors: { ok: 'green', degraded: 'orange', predicted_failure: 'red', failed: 'red' },
        },
      },
      empty: NO_GPUS,
    }),
  ],
}
