import { join } from 'node:path'
import { STACK } from '../paths.ts'
import { loopback, type Service } from '../service.ts'

export const jaeger: Service = {
  title: 'Jaeger',
  program: {
    name: 'jaeger',
    variable: 'LLMSCOPE_JAEGER_BIN',
    source: {
      directory: join(STACK, 'tools/jaeger'),
      package: 'github.com/jaegertracing/jaeger/cmd/jaeger',
      tags: [],
    },
  },
  launch: ({ ports }) => ({
    args: [`--config=${join(STACK, 'jaeger/jaeger.yaml')}`],
    env: {
      LLMSCOPE_PROMETHEUS_URL: `http://${loopback(ports.prometheus)}`,
      LLMSCOPE_JAEGER_QUERY_ENDPOINT: loopback(ports.jaeger),
      LLMSCOPE_JAEGER_QUERY_GRPC_ENDPOINT: loopback(ports.jaegerGrpc),
      LLMSCOPE_JAEGER_HEALTH_ENDPOINT: loopback(ports.jaegerHealth),
      LLMSCOPE_JAEGER_OTLP_ENDPOINT: loopback(ports.jaegerOtlp),
      LLMSCOPE_JAEGER_TELEMETRY_PORT: String(ports.jaegerMetrics),
    },
    health: `http://${loopback(ports.jaegerHealth)}/status`,
  }),
}
