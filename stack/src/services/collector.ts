import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { COLLECTOR_CONFIG } from '../paths.ts'
import { loopback, type Service } from '../service.ts'

export const collector: Service = {
  title: 'Collector',
  program: {
    name: 'otelcol-llmscope',
    variable: 'LLMSCOPE_OTELCOL_BIN',
    source: { directory: join(COLLECTOR_CONFIG, 'distribution'), package: '.', tags: [] },
  },
  launch: async ({ ports, directory, profile }) => ({
    args: (await readProfile(profile)).map((file) => `--config=${file}`),
    env: {
      LLMSCOPE_OTLP_GRPC_ENDPOINT: loopback(ports.otlpGrpc),
      LLMSCOPE_OTLP_HTTP_ENDPOINT: loopback(ports.otlpHttp),
      LLMSCOPE_HEALTH_ENDPOINT: loopback(ports.collectorHealth),
      LLMSCOPE_TELEMETRY_PORT: String(ports.collectorMetrics),
      LLMSCOPE_JAEGER_ENDPOINT: loopback(ports.jaegerOtlp),
      LLMSCOPE_PROMETHEUS_ENDPOINT: `http://${loopback(ports.prometheus)}/api/v1/otlp`,
      LLMSCOPE_QUEUE_DIRECTORY: join(directory, 'queue'),
    },
    health: `http://${loopback(ports.collectorHealth)}/`,
  }),
}

/** The configuration files of a profile, in their order. Throws where there is no such profile. */
export async function readProfile(name: string): Promise<string[]> {
  const profiles = join(COLLECTOR_CONFIG, 'profiles')
  const known = (await readdir(profiles)).map((file) => file.replace(/\.txt$/, ''))
  if (!known.includes(name)) {
    throw new Error(`There is no Collector profile ${name}. There are: ${known.join(', ')}.`)
  }
  const text = await readFile(join(profiles, `${name}.txt`), 'utf8')
  return text
    .split('\n')
    .filter(Boolean)
    .map((file) => join(COLLECTOR_CONFIG, file))
}
