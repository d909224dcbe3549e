import { graph } from '../kit.ts'
import { latest } from '../queries.ts'
import type { Row } from '../row.ts'
import { HOST, NO_HOSTS, host, hostMetric } from '../scopes/host.ts'

const BY = ['host_agent.collector.name', HOST]
const LEGEND = '{{host_agent_collector_name}} {{host_name}}'

export const agent: Row = {
  title: 'Host agent',
  panels: [
    graph({
      title: 'Collectors that work',
      description:
        '1 while a collector of the agent can read its source, 0 while it fails: the log of the agent tells why. A source that the host lacks is not shown.',
      unit: 'short',
      queries: { [LEGEND]: latest('min', host(hostMetric('host_agent.collector.success')), BY) },
      max: 1,
      width: 12,
      empty: NO_HOSTS,
    }),
    graph({
      title: 'Time to collect',
      description: 'How long a collector took to read its source.',
      unit: 's',
      queries: { [LEGEND]: latest('max', host(hostMetric('host_agent.collector.duration')), BY) },
      width: 12,
      empty: NO_HOSTS,
    }),
  ],
}
