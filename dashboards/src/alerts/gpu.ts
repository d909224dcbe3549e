import type { AlertGroup } from '../alert.ts'
import { percent, utilization } from '../limits.ts'
import { above, equal, latest, series } from '../queries.ts'
import { HOST, hostMetric } from '../scopes/host.ts'

const GPU = [HOST, 'hw.name', 'hw.id']

export const gpu: AlertGroup = {
  name: 'gpu',
  alerts: [
    {
      name: 'GPUUtilizationHigh',
      when: above(
        latest(
          'max',
          series(hostMetric('hw.gpu.utilization'), { 'hw.gpu.task': '="general"' }),
          GPU,
        ),
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
    {
      name: 'GPUHealth',
      when: equal(
        latest(
          'max',
          series(hostMetric('hw.status'), { 'hw.state': '=~"failed|predicted_failure"' }),
          [...GPU, 'hw.state'],
        ),
        1,
      ),
      for: '1m',
      severity: 'critical',
      summary: '{{ $labels.host_name }}: {{ $labels.hw_name }} is in state {{ $labels.hw_state }}',
      description:
        'The GPU {{ $labels.hw_id }} failed: it does not answer, or its driver asks for a reboot. Or its failure is predicted: memory rows or pages wait for a reset to be replaced, or could not be replaced.',
      action:
        'Take the GPU out of scheduling and let its work end elsewhere. Read nvidia-smi -q and the Xid lines of the kernel log. predicted_failure: reset the GPU; if it comes back, have it replaced. failed: reboot the host; if it stays, have it replaced.',
    },
  ],
}
