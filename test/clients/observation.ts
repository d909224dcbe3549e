import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Exchange } from '../sdk/scripted-server/server.ts'
import { type SinkLog, type SinkPoint, type SinkSpan, startOtlpSink } from '../sdk/otlp-sink.ts'
import { type Run, runNode } from './child.ts'
import type { Contract } from './contract.ts'
import type { Workspace } from './workspace.ts'

/** What one scenario let the application see: a result or what was thrown, and unhandled rejections. */
export type Observed = Readonly<Record<string, unknown>>

/** Everything that a run of all scenarios can tell: the application, the provider, the telemetry. */
export interface Observation {
  readonly run: Run
  readonly results: Readonly<Record<string, Observed>>
  readonly exchanges: readonly Exchange[]
  readonly spans: readonly SinkSpan[]
  readonly points: readonly SinkPoint[]
  readonly logs: readonly SinkLog[]
  readonly received: string
  readonly port: number
}

export interface Circumstances {
  readonly entry: 'main.mjs' | 'main.cjs'
  /** Modules for `--import`, in their order. */
  readonly preload?: readonly string[]
  readonly env?: Readonly<Record<string, string>>
}

/** What is newer than what is tested, as `npm run compat` plays it, is warned of. */
const FLAGS = [
  '--expose-gc',
  ...(process.env['COMPAT'] ? ['--disable-warning=LlmscopeWarning'] : []),
]

/** What parts the fields of a form: another one for each. */
const BOUNDARY = /boundary=(.+)$/

/** Runs all scenarios in one process, against a provider and a telemetry receiver of its own. */
export async function observe(
  { startServer }: Pick<Contract, 'startServer'>,
  { folder }: Workspace,
  { entry, preload = [], env = {} }: Circumstances,
): Promise<Observation> {
  const [server, sink] = await Promise.all([startServer(), startOtlpSink()])
  const resultFile = join(folder, `results-${server.port}.json`)
  const imports = preload.flatMap((module) => ['--import', module])
  const run = await runNode(folder, [...FLAGS, ...imports, entry, server.baseURL, resultFile], {
    ...exportTo(sink.url),
    ...env,
  })
  // A port in a message or an address is the one thing that differs between two runs.
  const text = (await readFile(resultFile, 'utf8')).replaceAll(String(server.port), '<port>')
  const exchanges = structuredClone(server.exchanges)
  await Promise.all([server.close(), sink.close()])
  const { spans, points, logs, received } = sink
  const results = JSON.parse(text) as Observation['results']
  return { run, results, exchanges, spans, points, logs, received, port: server.port }
}

/** The standard variables that send everything to `url`. */
export function exportTo(url: string): Record<string, string> {
  return {
    OTEL_EXPORTER_OTLP_ENDPOINT: url,
    OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
    OTEL_NODE_RESOURCE_DETECTORS: 'none',
    OTEL_SERVICE_NAME: 'clients-test',
  }
}

/** How a scenario's name is written in the models that it asks for. */
export const slugOf = (scenario: string): string => scenario.replaceAll(/[^a-z0-9]+/gi, '-')

/** The scenario that a model was asked for in. */
export const scenarioSlug = (model: unknown): string => String(model).split(':')[1] ?? ''

/** What would have been seen had some scenarios not been played. */
export function without(skipped: readonly string[], observation: Observation): Observation {
  const slugs = new Set(skipped.map(slugOf))
  const results = Object.entries(observation.results).filter(([name]) => !skipped.includes(name))
  return {
    ...observation,
    results: Object.fromEntries(results),
    exchanges: observation.exchanges.filter(({ model }) => !slugs.has(scenarioSlug(model))),
  }
}

/** Whether a client has no method for a scenario. */
export function isLacking({ results }: Observation, scenario: string): boolean {
  const result = results[scenario]?.['result']
  return typeof result === 'object' && result !== null && 'lacks' in result
}

/** What the server saw, with all that may differ from run to run taken out. */
export function requests({ exchanges, port }: Observation, { unsteady = [] }: Contract): object[] {
  const dropped = Object.fromEntries(['host', ...unsteady].map((name) => [name, '']))
  return exchanges
    .map(({ headers, body, ...rest }) => {
      const boundary = BOUNDARY.exec(headers['content-type'] ?? '')?.[1] ?? String(port)
      const steady = (text: string): string =>
        text.replaceAll(String(port), '<port>').replaceAll(boundary, '<boundary>')
      const type = headers['content-type']
      return {
        ...rest,
        headers: { ...headers, ...dropped, ...(type && { 'content-type': steady(type) }) },
        body: steady(body),
      }
    })
    .toSorted((left, right) => order(left).localeCompare(order(right)))
}

const order = ({ model, path, attempt }: Pick<Exchange, 'model' | 'path' | 'attempt'>): string =>
  `${model} ${path} ${attempt}`
