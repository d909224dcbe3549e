import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { collectors } from './collectors/index.ts'
import { receivers } from './receivers/index.ts'
import { RECEIVER_HELP, receiverSettings } from './receivers/settings.ts'

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
}

/** What the command line asks for. */
export interface Command {
  readonly options: AgentOptions
  readonly once: boolean
  readonly json: boolean
  readonly help: boolean
}

type Environment = Readonly<Record<string, string | undefined>>

const FLAGS = {
  endpoint: 'OTEL_EXPORTER_OTLP_ENDPOINT',
  interval: 'OTEL_METRIC_EXPORT_INTERVAL',
  deadline: 'LLMSCOPE_AGENT_DEADLINE',
  patience: 'LLMSCOPE_AGENT_PATIENCE',
  collectors: 'LLMSCOPE_AGENT_COLLECTORS',
  without: 'LLMSCOPE_AGENT_WITHOUT',
  'host-root': 'LLMSCOPE_AGENT_HOST_ROOT',
} as const
type Flag = keyof typeof FLAGS

const DAY_MS = 86_400_000

/** The help text of the command. */
export const HELP: string = `Usage: host-agent [options]

Measures this host and its NVIDIA GPUs and sends the metrics over OTLP/HTTP. SIGUSR1 has it let go of
the GPU driver, so that a GPU can be reset or the driver replaced; another one, take it up again.

  --endpoint <url>       where to send; /v1/metrics and the like is added to it (http://localhost:4318)
  --interval <ms>        time between samples (15000)
  --deadline <ms>        how long a round of samples waits for the slowest (10000)
  --patience <ms>        how long a GPU driver may not answer before the process that asks is ended (30000)
  --collectors <names>   run only these: ${collectors.map(({ name }) => name).join(',')}
  --without <names>      run all but these
  --host-root <path>     where the files of the host are, such as /hostfs in a container (/)
  --once                 measure for one second, print what would be sent, and exit
  --json                 with --once: one JSON object a line
  --help                 print this

Each option that takes a value can be set by a variable instead:
${Object.entries(FLAGS)
  .map(([flag, variable]) => `  --${flag.padEnd(14)} ${variable}`)
  .join('\n')}

Training runs, of tools that people train with:

${RECEIVER_HELP}

Headers, compression and the resource are set by the standard variables: OTEL_EXPORTER_OTLP_HEADERS,
OTEL_EXPORTER_OTLP_COMPRESSION, OTEL_SERVICE_NAME, OTEL_RESOURCE_ATTRIBUTES and so on.
A second agent on one host needs a name of its own, or the two send the same series:
OTEL_RESOURCE_ATTRIBUTES=service.instance.id=<name>
`

/**
 * Reads the command line, with the variables of `environment` behind it.
 * @throws TypeError that names the option or variable that is wrong, and what to write instead.
 */
export function readCommand(args: readonly string[], environment: Environment): Command {
  const text = { type: 'string' } as const
  const toggle = { type: 'boolean', default: false } as const
  const { values } = parseArgs({
    args: [...args],
    options: {
      endpoint: text,
      interval: text,
      deadline: text,
      patience: text,
      collectors: text,
      without: text,
      'host-root': text,
      once: toggle,
      json: toggle,
      help: toggle,
      ...Object.fromEntries(receivers.map(({ name }) => [name, text])),
    },
  })
  const { once, json, help, ...flags } = values
  if (json && !once) throw new TypeError('--json is for --once: write --once --json')
  return { options: readOptions(environment, flags), once, json, help }
}

interface Setting {
  readonly name: string
  readonly value: string
}

/**
 * The options that the variables of `environment` set.
 * @throws TypeError that names the variable that is wrong, and what to write instead.
 */
export function readOptions(
  environment: Environment,
  flags: Readonly<Record<string, string | undefined>> = {},
): AgentOptions {
  const setting = (flag: Flag): Setting | undefined => {
    const [flagged, variable] = [flags[flag], FLAGS[flag]]
    if (flagged !== undefined) return { name: `--${flag}`, value: flagged }
    const value = environment[variable]
    return value ? { name: variable, value } : undefined
  }
  return {
    url: signalUrl('metrics', setting('endpoint'), environment),
    logsUrl: signalUrl('logs', setting('endpoint'), environment),
    tracesUrl: signalUrl('traces', setting('endpoint'), environment),
    receivers: receiverSettings(environment, flags),
    intervalMs: milliseconds(setting('interval'), 15_000),
    deadlineMs: milliseconds(setting('deadline'), 10_000),
    patienceMs: milliseconds(setting('patience'), 30_000),
    collectors: chosen(setting('collectors'), setting('without')),
    hostRoot: hostRoot(setting('host-root')),
  }
}

/** A line for each standard variable that asks for what the agent does not do. */
export function unheeded(environment: Environment): string[] {
  const of = (name: string): string | undefined =>
    environment[`OTEL_EXPORTER_OTLP_METRICS_${name}`] ?? environment[`OTEL_EXPORTER_OTLP_${name}`]
  const delta = of('TEMPORALITY_PREFERENCE')?.toLowerCase()
  return [
    ...(of('PROTOCOL') === 'grpc'
      ? ['speaks OTLP/HTTP and not gRPC: the endpoint must be the HTTP port, usually 4318']
      : []),
    ...(delta && delta !== 'cumulative'
      ? ['sends cumulative counters: for delta, use cumulativetodelta in a Collector']
      : []),
  ]
}

function milliseconds(setting: Setting | undefined, fallback: number): number {
  if (!setting) return fallback
  const value = Number(setting.value)
  if (Number.isInteger(value) && value >= 100 && value <= DAY_MS) return value
  throw new TypeError(
    `${setting.name} is "${setting.value}": write whole milliseconds from 100 to ${DAY_MS}, such as ${fallback}`,
  )
}

// A variable for one signal alone is the whole address; the general one wants a path after it.
function signalUrl(
  signal: 'metrics' | 'logs' | 'traces',
  endpoint: Setting | undefined,
  environment: Environment,
): string {
  const variable = `OTEL_EXPORTER_OTLP_${signal.toUpperCase()}_ENDPOINT`
  const whole = environment[variable]
  if (whole && !endpoint?.name.startsWith('--')) return url({ name: variable, value: whole })
  const base = endpoint ?? { name: FLAGS.endpoint, value: 'http://localhost:4318' }
  return `${url(base).replace(/\/$/, '')}/v1/${signal}`
}

function url({ name, value }: Setting): string {
  const parsed = URL.canParse(value) ? new URL(value) : undefined
  if (parsed?.protocol === 'http:' || parsed?.protocol === 'https:') return value
  throw new TypeError(
    `${name} is "${value}": write the address of an OTLP/HTTP receiver, such as http://localhost:4318`,
  )
}

/** The address as it may be logged: a user, a password and a query stay untold. */
export function withoutSecrets(address: string): string {
  const { origin, pathname } = new URL(address)
  return `${origin}${pathname}`
}

function hostRoot(setting: Setting | undefined): string {
  if (!setting) return '/'
  const { name, value } = setting
  const proc = join(value, 'proc')
  if (existsSync(proc)) return value
  throw new TypeError(
    `${name} is "${value}", and there is no ${proc}: write the folder that the root of the host is mounted at, such as /hostfs`,
  )
}

function chosen(only: Setting | undefined, without: Setting | undefined): string[] {
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

function names({ name, value }: Setting, all: readonly string[]): string[] {
  const listed = value.split(',').map((each) => each.trim())
  const unknown = listed.find((each) => !all.includes(each))
  if (unknown === undefined) return listed
  throw new TypeError(`${name} has "${unknown}": write names out of ${all.join(', ')}`)
}
