import type { Metric } from '../collector.ts'

/** What the agent tells of the runs of tools, beside the metrics that every training run has. */
export const receiverMetrics: Readonly<Record<'training.run.process', Metric>> = {
  'training.run.process': {
    instrument: 'gauge',
    unit: '{process}',
    description:
      'Always 1: the process that trains a run, for each GPU that it may use; `hw.id` joins it with the metrics of GPUs.',
    attributes: [
      'training.run.id',
      'training.run.name',
      'process.pid',
      'process.executable.name',
      'hw.id',
    ],
  },
}
