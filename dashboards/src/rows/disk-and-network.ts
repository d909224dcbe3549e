import { graph } from '../kit.ts'
import { utilization } from '../limits.ts'
import { latest, rate } from '../queries.ts'
import type { Row } from '../row.ts'
import { HOST, NO_HOSTS, host, hostMetric } from '../scopes/host.ts'

const DISK = [HOST, 'system.device.name']
const MOUNT = [HOST, 'system.filesystem.mountpoint']
const INTERFACE = [HOST, 'network.interface.name', 'network.io.direction']

export const diskAndNetwork: Row = {
  title: 'Disk and network',
  panels: [
    graph({
      title: 'Filesystems',
      description: 'Share of the space of a filesystem that is in use.',
      unit: 'percentunit',
      queries: {
        '{{host_name}} {{system_filesystem_mountpoint}}': latest(
          'max',
          host(hostMetric('system.filesystem.utilization'), {
            'system.filesystem.state': '="used"',
          }),
          MOUNT,
        ),
      },
      limits: utilization,
      max: 1,
      width: 6,
      empty: NO_HOSTS,
    }),
    graph({
      title: 'Disk traffic',
      description: 'Bytes read and written per second.',
      unit: 'Bps',
      queries: {
        '{{host_name}} {{system_device_name}} {{disk_io_direction}}': rate(
          host(hostMetric('system.disk.io')),
          [...DISK, 'disk.io.direction'],
        ),
      },
      width: 6,
      empty: 'No disk reported in this time range: in a container it may not be visible',
    }),
    graph({
      title: 'Disk busy',
      description:
        'Share of the time that a disk worked. At 1 requests queue up, unless it serves many at once.',
      unit: 'percentunit',
      queries: {
        '{{host_name}} {{system_device_name}}': rate(host(hostMetric('system.disk.io_time')), DISK),
      },
      limits: utilization,
      width: 6,
      empty: 'No disk reported in this time range: in a container it may not be visible',
    }),
    graph({
      title: 'Network traffic',
      description: 'Bytes received and sent per second, without the loopback interface.',
      unit: 'Bps',
      queries: {
        '{{host_name}} {{network_interface_name}} {{network_io_direction}}': rate(
          host(hostMetric('system.network.io')),
          INTERFACE,
        ),
      },
      width: 6,
      empty: NO_HOSTS,
    }),
  ],
}
