import { graph } from '../kit.ts'
import { utilization } from '../limits.ts'
import { latest } from '../queries.ts'
import type { Row } from '../row.ts'
import { HOST, NO_HOSTS, host, hostMetric } from '../scopes/host.ts'

const cpu = hostMetric('system.cpu.utilization')

export const cpuAndMemory: Row = {
  title: 'CPU and memory',
  panels: [
    graph({
      title: 'CPU by host',
      description:
        'Share of the time that the CPUs of a host computed: neither idle nor waiting for a disk.',
      unit: 'percentunit',
      queries: {
        '{{host_name}}': latest('sum', host(cpu, { 'cpu.mode': '!~"idle|iowait"' }), [HOST]),
      },
      limits: utilization,
      max: 1,
      empty: NO_HOSTS,
    }),
    graph({
      title: 'CPU by mode',
      description:
        'Share of the time that the CPUs spent in each mode, on average over the hosts. iowait: a disk is too slow. steal: the hypervisor gave the CPU to others.',
      unit: 'percentunit',
      queries: {
        '{{cpu_mode}}': latest('avg', host(cpu, { 'cpu.mode': '!="idle"' }), ['cpu.mode']),
      },
      stacked: true,
      empty: NO_HOSTS,
    }),
    graph({
      title: 'Load',
      description:
        'Threads that ran or wanted to run, on average over a minute, beside the number of CPUs: above it, threads wait.',
      unit: 'short',
      queries: {
        '{{host_name}}': latest('max', host(hostMetric('system.cpu.load_average.1m')), [HOST]),
        '{{host_name}}: CPUs': latest('max', host(hostMetric('system.cpu.logical.count')), [HOST]),
      },
      empty: NO_HOSTS,
    }),
    graph({
      title: 'Memory by host',
      description: 'Share of the memory of a host that is in use, caches left out.',
      unit: 'percentunit',
      queries: {
        '{{host_name}}': latest(
          'max',
          host(hostMetric('system.memory.utilization'), { 'system.memory.state': '="used"' }),
          [HOST],
        ),
      },
      limits: utilization,
      max: 1,
      width: 12,
      empty: NO_HOSTS,
    }),
    graph({
      title: 'Memory by state',
      description: 'Memory in each state, summed over the hosts.',
      unit: 'bytes',
      queries: {
        '{{system_memory_state}}': latest('sum', host(hostMetric('system.memory.usage')), [
          'system.memory.state',
        ]),
      },
      stacked: true,
      width: 12,
      empty: NO_HOSTS,
    }),
  ],
}
