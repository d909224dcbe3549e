import { join } from 'node:path'
import { DASHBOARDS, STACK } from '../paths.ts'
import { loopback, type Service } from '../service.ts'

export const alertmanager: Service = {
  title: 'Alertmanager',
  program: {
    name: 'alertmanager',
    variable: 'LLMSCOPE_ALERTMANAGER_BIN',
    source: {
      directory: join(STACK, 'tools/alertmanager'),
      // 0.31 is the last whose module holds the files of its web page.
      package: 'github.com/prometheus/alertmanager/cmd/alertmanager',
      tags: [],
    },
  },
  launch: ({ ports, directory }) => ({
    args: [
      `--config.file=${join(DASHBOARDS, 'alertmanager/alertmanager.yml')}`,
      `--storage.path=${join(directory, 'data')}`,
      `--web.listen-address=${loopback(ports.alertmanager)}`,
      '--cluster.listen-address=',
    ],
    health: `http://${loopback(ports.alertmanager)}/-/ready`,
  }),
}
