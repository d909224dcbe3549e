import { join } from 'node:path'
import { DASHBOARDS } from '../paths.ts'
import { loopback, type Service } from '../service.ts'

/** Not built, since its Go module lacks the files of its web page: the one that is installed runs. */
export const alertmanager: Service = {
  title: 'Alertmanager',
  program: {
    name: 'alertmanager',
    variable: 'LLMSCOPE_ALERTMANAGER_BIN',
    commands: ['alertmanager', 'prometheus-alertmanager'],
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
