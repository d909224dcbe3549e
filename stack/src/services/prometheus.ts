import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parse, stringify } from 'yaml'
import { DASHBOARDS, STACK } from '../paths.ts'
import { loopback, type Service, type Site } from '../service.ts'

export const prometheus: Service = {
  title: 'Prometheus',
  program: {
    name: 'prometheus',
    variable: 'LLMSCOPE_PROMETHEUS_BIN',
    source: {
      directory: join(STACK, 'tools/prometheus'),
      package: 'github.com/prometheus/prometheus/cmd/prometheus',
      // No discovery of cloud machines: half the size, half the time to build.
      tags: ['remove_all_sd'],
    },
  },
  launch: async (site) => {
    const config = join(site.directory, 'prometheus.yml')
    await writeFile(config, await configFor(site))
    const address = loopback(site.ports.prometheus)
    return {
      args: [
        `--config.file=${config}`,
        `--storage.tsdb.path=${join(site.directory, 'data')}`,
        `--web.listen-address=${address}`,
        '--web.enable-otlp-receiver',
        '--enable-feature=exemplar-storage',
      ],
      health: `http://${address}/-/ready`,
    }
  },
}

/** The committed configuration, with this machine's addresses and files. */
async function configFor({ ports }: Site): Promise<string> {
  const config = parse(await readFile(join(STACK, 'prometheus/prometheus.yml'), 'utf8')) as object
  return stringify({
    ...config,
    rule_files: [join(DASHBOARDS, 'rules/*.yml')],
    alerting: {
      alertmanagers: [{ static_configs: [{ targets: [loopback(ports.alertmanager)] }] }],
    },
    scrape_configs: [
      scrape('prometheus', ports.prometheus),
      scrape('otel-collector', ports.collectorMetrics),
      scrape('jaeger', ports.jaegerMetrics),
    ],
  })
}

function scrape(name: string, port: number): object {
  return { job_name: name, static_configs: [{ targets: [loopback(port)] }] }
}
