import { createServer, type Server } from 'node:net'

export type PortName =
  | 'otlpGrpc'
  | 'otlpHttp'
  | 'collectorHealth'
  | 'collectorMetrics'
  | 'jaeger'
  | 'jaegerGrpc'
  | 'jaegerOtlp'
  | 'jaegerHealth'
  | 'jaegerMetrics'
  | 'prometheus'
  | 'alertmanager'

export type Ports = Readonly<Record<PortName, number>>

interface Port {
  readonly usedBy: string
  /** The port where nothing else is asked for; 0 is any free one, for what nobody outside calls. */
  readonly usual: number
  readonly variable?: string
}

const PORTS: Readonly<Record<PortName, Port>> = {
  otlpGrpc: {
    usedBy: 'the Collector (OTLP/gRPC)',
    usual: 4317,
    variable: 'LLMSCOPE_OTLP_GRPC_PORT',
  },
  otlpHttp: {
    usedBy: 'the Collector (OTLP/HTTP)',
    usual: 4318,
    variable: 'LLMSCOPE_OTLP_HTTP_PORT',
  },
  collectorHealth: { usedBy: 'the Collector (health)', usual: 0 },
  collectorMetrics: { usedBy: 'the Collector (its metrics)', usual: 0 },
  jaeger: { usedBy: 'Jaeger (query API)', usual: 16_686, variable: 'LLMSCOPE_JAEGER_PORT' },
  jaegerGrpc: { usedBy: 'Jaeger (query over gRPC)', usual: 0 },
  jaegerOtlp: { usedBy: 'Jaeger (spans from the Collector)', usual: 0 },
  jaegerHealth: { usedBy: 'Jaeger (health)', usual: 0 },
  jaegerMetrics: { usedBy: 'Jaeger (its metrics)', usual: 0 },
  prometheus: { usedBy: 'Prometheus', usual: 9090, variable: 'LLMSCOPE_PROMETHEUS_PORT' },
  alertmanager: { usedBy: 'Alertmanager', usual: 9093, variable: 'LLMSCOPE_ALERTMANAGER_PORT' },
}

/**
 * A port on loopback for each name: the requested one, else the environment's, else the usual one.
 * `'free'`, and 0 for one name, take any that is free. Throws with every port that is taken.
 */
export async function choosePorts(
  requested: 'free' | Partial<Ports>,
  env: NodeJS.ProcessEnv,
): Promise<Ports> {
  const held: Server[] = []
  const complaints: string[] = []
  const chosen: Partial<Record<PortName, number>> = {}
  try {
    for (const [name, port] of Object.entries(PORTS) as [PortName, Port][]) {
      const wanted = requested === 'free' ? 0 : (requested[name] ?? portFromEnv(port, env))
      // Held until all are chosen, so that no free port is found twice.
      const server = await listen(wanted).catch((error: NodeJS.ErrnoException) => {
        complaints.push(unavailable(port, wanted, error))
      })
      if (server) {
        held.push(server)
        chosen[name] = portOf(server)
      }
    }
  } finally {
    await Promise.all(held.map(async (server) => new Promise((resolve) => server.close(resolve))))
  }
  if (complaints.length > 0) throw new Error(complaints.join('\n'))
  return chosen as Ports
}

function portFromEnv({ usual, variable }: Port, env: NodeJS.ProcessEnv): number {
  const text = variable === undefined ? undefined : env[variable]
  if (!text) return usual
  const port = Number(text)
  if (Number.isInteger(port) && port >= 0 && port < 65_536) return port
  throw new Error(`${variable} is ${text}, which is no port. Give a number from 0 to 65535.`)
}

function unavailable(port: Port, number: number, error: NodeJS.ErrnoException): string {
  const why = error.code === 'EADDRINUSE' ? 'is in use' : `cannot be used (${error.code})`
  const remedy = port.variable === undefined ? '' : `, or set ${port.variable} to another port`
  return `Port ${number} ${why}, and ${port.usedBy} needs it. Stop what listens there${remedy}.`
}

async function listen(port: number): Promise<Server> {
  const server = createServer()
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => resolve(server))
  })
}

function portOf(server: Server): number {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('No TCP port was bound.')
  return address.port
}
