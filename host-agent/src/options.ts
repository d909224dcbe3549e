import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { type Address, httpAddress, listenAddress } from './address.ts'
import { collectors } from './collectors/index.ts'
import { type Protocol, protocols } from './delivery/exporters.ts'
import { readFileSettings } from './file.ts'
import { receivers } from './receivers/index.ts'
import { type Given, settings } from './settings.ts'

/** How the agent measures and where it sends. */
export interface AgentOptions {
  /** The OTLP/HTTP address that metrics are posted to, with its path. */
  readonly url: string
  /** The one that log records are posted to: errors that a driver reported. */
  readonly logsUrl: string
  /** The one that spans of training runs are posted to. */
  readonly tracesUrl: string
  /** What each receiver of training runs is to listen at, by its name; those that are not named rest. */
  readonly receivers: Readonly<Record<string, string>>
  /** How OTLP is spoken to all of them. */
  readonly protocol: Protocol
  /** A file with headers for them, read again for each request over HTTP. */
  readonly headersFile: string | undefined
  /** How much may wait to be sent, of metrics and of log records each, in bytes as it is compressed. */
  readonly queueBytes: number
  /** A folder for what waits, which then outlives the agent; without one it waits in memory. */
  readonly queueFolder: string | undefined
  /** Time from one round of samples to the next. */
  readonly intervalMs: number
  /** How long a round waits for its slowest collector; never longer than the interval. */
  readonly deadlineMs: number
  /** How long a GPU driver may leave a call unanswered before the process that made it is ended. */
  readonly patienceMs: number
  /** Names of the collectors to run. */
  readonly collectors: readonly string[]
  /** Where the files of the host are: `/`, or what its root is mounted as in a container. */
  readonly hostRoot: string
  /** Where to say how the agent does; nowhere where it is left out. */
  readonly health: Address | undefined
}

type Texts = Readonly<Record<string, string | undefined>>

/** The variable that names a file with settings. */
export const FILE_VARIABLE = 'LLMSCOPE_AGENT_CONFIG'

const DAY_MS = 86_400_000

/**
 * The options that flags, variables of `environment` and the file that these name set, the first of
 * them first.
 * @throws TypeError that names the option, the variable, or the line of the file that is wrong, and what
 * to write instead.
 */
export function readOptions(environment: Texts, flags: Texts = {}): AgentOptions {
  const file = flags['config'] ?? environment[FILE_VARIABLE]
  const inFile = file ? readFileSettings(file) : new Map<string, Given>()
  const given = (name: string): Given | undefined => {
    const variable = settings.get(name)?.variable ?? ''
    const [flag, value] = [flags[name], environment[variable]]
    if (flag !== undefined) return { name: `--${name}`, value: flag }
    return value ? { name: variable, value } : inFile.get(name)
  }
  const protocol = protocolOf(given('protocol'))
  const health = given('health')
  return {
    url: signalUrl('metrics', given('endpoint'), environment, protocol),
    logsUrl: signalUrl('logs', given('endpoint'), environment, protocol),
    tracesUrl: signalUrl('traces', given('endpoint'), environment, protocol),
    receivers: receiverSettings(given),
    protocol,
    headersFile: headersFile(given('headers-file'), protocol),
    queueBytes: whole(given('queue-bytes'), 'bytes', [65_536, 2 ** 36], 2 ** 24),
    queueFolder: given('queue-folder')?.value,
    intervalMs: milliseconds(given('interval'), 15_000),
    deadlineMs: milliseconds(given('deadline'), 10_000),
    patienceMs: milliseconds(given('patience'), 30_000),
    collectors: chosen(given('collectors'), given('without')),
    hostRoot: hostRoot(given('host-root')),
    health: health && listenAddress(health),
  }
}

/** A line for each standard variable that asks for what the agent does not do. */
export function unheeded(environment: Texts): string[] {
  const delta =
    environment['OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE'] ??
    environment['OTEL_EXPORTER_OTLP_TEMPORALITY_PREFERENCE']
  return delta && delta.toLowerCase() !== 'cumulative'
    ? ['sends cumulative counters: for delta, use cumulativetodelta in a Collector']
    : []
}

function milliseconds(setting: Given | undefined, fallback: number): number {
  return whole(setting, 'milliseconds', [100, DAY_MS], fallback)
}

function whole(
  setting: Given | undefined,
  unit: string,
  [least, most]: readonly [number, number],
  fallback: number,
): number {
  if (!setting) return fallback
  const value = Number(setting.value)
  if (Number.isInteger(value) && value >= least && value <= most) return value
  throw new TypeError(
    `${setting.name} is "${setting.value}": write whole ${unit} from ${least} to ${most}, such as ${fallback}`,
  )
}

function protocolOf(setting: Given | undefined): Protocol {
  if (!setting) return 'http/json'
  const { name, value } = setting
  if (isProtocol(value)) return value
  throw new TypeError(`${name} is "${value}": write ${Object.keys(protocols).join(' or ')}`)
}

const isProtocol = (value: string): value is Protocol => Object.hasOwn(protocols, value)

function headersFile(setting: Given | undefined, protocol: Protocol): string | undefined {
  if (!setting) return undefined
  const { name, value } = setting
  if (protocol === 'grpc')
    throw new TypeError(`${name} is for HTTP: set OTEL_EXPORTER_OTLP_HEADERS for gRPC`)
  if (existsSync(value)) return value
  throw new TypeError(`${name} is "${value}", and there is no such file`)
}

// A variable for one signal alone is the whole address; the general one wants a path after it.
function signalUrl(
  signal: 'metrics' | 'logs' | 'traces',
  endpoint: Given | undefined,
  environment: Texts,
  protocol: Protocol,
): string {
  const variable = `OTEL_EXPORTER_OTLP_${signal.toUpperCase()}_ENDPOINT`
  const own = environment[variable]
  if (own && !endpoint?.name.startsWith('--')) return httpAddress({ name: variable, value: own })
  const isGrpc = protocol === 'grpc'
  const fallback = `http://localhost:${isGrpc ? 4317 : 4318}`
  const base = endpoint ?? { name: 'endpoint', value: fallback }
  if (isGrpc) return httpAddress(base)
  return `${httpAddress(base).replace(/\/$/, '')}/v1/${signal}`
}

function receiverSettings(given: (name: string) => Given | undefined): Record<string, string> {
  const asked = receivers.flatMap(({ name }): [string, string][] => {
    const setting = given(name)
    return setting ? [[name, setting.value]] : []
  })
  return Object.fromEntries(asked)
}

function hostRoot(setting: Given | undefined): string {
  if (!setting) return '/'
  const { name, value } = setting
  const proc = join(value, 'proc')
  if (existsSync(proc)) return value
  throw new TypeError(
    `${name} is "${value}", and there is no ${proc}: write the folder that the root of the host is mounted at, such as /hostfs`,
  )
}

function chosen(only: Given | undefined, without: Given | undefined): string[] {
  const all = collectors.map(({ name }) => name)
  const wanted = only ? names(only, all) : all
  if (!without) return wanted
  const excluded = names(without, all)
  const left = wanted.filter((name) => !excluded.includes(name))
  if (left.length > 0) return left
  throw new TypeError(
    `${without.name} is "${without.value}", which leaves nothing to measure: keep one of ${wanted.join(', ')}`,
  )
}

function names({ name, value }: Given, all: readonly string[]): string[] {
  const listed = value.split(',').map((each) => each.trim())
  const unknown = listed.find((each) => !all.includes(each))
  if (unknown === undefined) return listed
  throw new TypeError(`${name} has "${unknown}": write names out of ${all.join(', ')}`)
}
