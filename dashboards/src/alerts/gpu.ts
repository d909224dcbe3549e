import type { AlertGroup } from '../alert.ts'
import { percent, utilization } from '../limits.ts'
import { above, latest, series } from '../queries.ts'
import { HOST, hostMetric } from '../scopes/host.ts'

export const gpu: AlertGroup = {
  name: 'gpu',
  alerts: [
    {
      name: 'GPUUtilizationHigh',
      when: above(
        latest('max', series(hostMetric('hw.gpu.utilization'), { 'hw.gpu.task': '="general"' }), [
          HOST,
          'hw.name',
          'hw.id',
        ]),
        utilization.critical,
      ),
      for: '5m',
      severity: 'warning',
      summary:
        '{{ $labels.host_name }}: {{ $labels.hw_name }} is {{ $value | humanizePercentage }} busy',
      description: `The GPU {{ $labels.hw_id }} was more than ${percent(utilization.critical)} busy for five minutes. For training this is what one wants; for a service it means that requests soon wait for each other.`,
      action:
        'Look at the dashboard "GPU and host". A service: compare its latency and add a GPU or a replica. Training: silence this alert for the run. Neither is expected: find the process with nvidia-smi.',
    },
  ],
}
