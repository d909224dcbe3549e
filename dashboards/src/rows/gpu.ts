import { type GraphSpec, graph } from '../kit.ts'
import { temperature, utilization } from '../limits.ts'
import { latest, over, rate } from '../queries.ts'
import type { Row } from '../row.ts'
import { HOST, NO_GPUS, host, hostMetric } from '../scopes/host.ts'

const GPU = [HOST, 'hw.id']
const LEGEND = '{{host_name}} {{hw_id}}'
const IS_GPU = { 'hw.type': '="gpu"' }

// The first eight characters of a GPU's UUID tell it from its neighbours; all 36 fill the legend.
const gpuGraph = (spec: Omit<GraphSpec, 'empty'>): ReturnType<typeof graph> =>
  graph({ ...spec, empty: NO_GPUS, shorten: { pattern: '/(GPU-\\w{8})[-\\w]*/', to: '$1' } })

export const gpu: Row = {
  title: 'GPU',
  panels: [
    gpuGraph({
      title: 'Utilisation by GPU',
      description:
        'Share of time that the GPU was busy. It says nothing of how many of its cores were.',
      unit: 'percentunit',
      queries: {
        [LEGEND]: latest(
          'max',
          host(hostMetric('hw.gpu.utilization'), { 'hw.gpu.task': '="general"' }),
          GPU,
        ),
      },
      limits: utilization,
      max: 1,
    }),
    gpuGraph({
      title: 'Memory by GPU',
      description: 'Share of the memory of the GPU that is in use.',
      unit: 'percentunit',
      queries: {
        [LEGEND]: over(
          latest('sum', host(hostMetric('hw.gpu.memory.usage')), GPU),
          latest('sum', host(hostMetric('hw.gpu.memory.limit')), GPU),
        ),
      },
      limits: utilization,
      max: 1,
    }),
    gpuGraph({
      title: 'Memory in use by GPU',
      description: 'Memory of the GPU that is in use.',
      unit: 'bytes',
      queries: { [LEGEND]: latest('sum', host(hostMetric('hw.gpu.memory.usage')), GPU) },
    }),
    gpuGraph({
      title: 'Power by GPU',
      description: 'Power drawn.',
      unit: 'watt',
      queries: { [LEGEND]: latest('sum', host(hostMetric('hw.power'), IS_GPU), GPU) },
    }),
    gpuGraph({
      title: 'Temperature by GPU',
      description: 'Every sensor of the GPU; some have only one.',
      unit: 'celsius',
      queries: {
        [LEGEND]: latest('max', host(hostMetric('hw.temperature'), IS_GPU), GPU),
      },
      limits: temperature,
    }),
    gpuGraph({
      title: 'Clock by GPU',
      description:
        'Clock rate of the cores. A fall under load is throttling: see what holds it down.',
      unit: 'hertz',
      queries: {
        [LEGEND]: latest(
          'max',
          host(hostMetric('gpu.clock.frequency'), { 'gpu.clock.domain': '="sm"' }),
          GPU,
        ),
      },
    }),
    gpuGraph({
      title: 'What holds the clocks down',
      description: '1 while the reason holds. Idle GPUs slow down by themselves and are left out.',
      unit: 'short',
      queries: {
        [`{{gpu_clock_reason}} ${LEGEND}`]: latest(
          'max',
          host(hostMetric('gpu.clock.event'), { 'gpu.clock.reason': '!="idle"' }),
          ['gpu.clock.reason', ...GPU],
        ),
      },
      width: 16,
    }),
    gpuGraph({
      title: 'Errors by GPU',
      description:
        'Memory errors (ECC) per second. Corrected ones did no harm, but many foretell others; an uncorrected one ended what ran there.',
      unit: 'cps',
      queries: {
        [`{{error_type}} ${LEGEND}`]: rate(host(hostMetric('hw.errors')), ['error.type', ...GPU]),
      },
    }),
  ],
}
