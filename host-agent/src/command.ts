import { parseArgs } from 'node:util'
import { type AgentOptions, FILE_VARIABLE, readOptions } from './options.ts'
import { settings } from './settings.ts'

/** What the command line asks for. */
export interface Command {
  readonly options: AgentOptions
  readonly once: boolean
  readonly json: boolean
  readonly list: boolean
  readonly help: boolean
}

const entries = [...settings]
const line = (option: string, meaning: string): string => `  ${option.padEnd(22)} ${meaning}`

/** The help text of the command. */
export const HELP: string = `Usage: host-agent [options]

Measures this host and its NVIDIA GPUs and sends the metrics over OTLP. SIGUSR1 has it let go of the
GPU driver, so that a GPU can be reset or the driver replaced; another one, take it up again. SIGHUP has
it read its settings again.

${entries.map(([name, { argument, meaning }]) => line(`--${name} ${argument}`, meaning)).join('\n')}
${line('--config <path>', 'a YAML or JSON file with any of the above, such as interval: 5000')}
${line('--once', 'measure for one second, print what would be sent, and exit')}
${line('--json', 'with --once: one JSON object a line')}
${line('--list', 'ask each collector once, print whether it works here and why not, and exit')}
${line('--help', 'print this')}

Each option that takes a value can be set by a variable instead:
${entries.map(([name, { variable }]) => `  --${name.padEnd(14)} ${variable}`).join('\n')}
  --${'config'.padEnd(14)} ${FILE_VARIABLE}
An option goes before its variable, a variable before the file.
Headers, compression and the resource are set by the standard variables: OTEL_EXPORTER_OTLP_HEADERS,
OTEL_EXPORTER_OTLP_COMPRESSION, OTEL_SERVICE_NAME, OTEL_RESOURCE_ATTRIBUTES and so on.
A second agent on one host needs a name of its own, or the two send the same series:
OTEL_RESOURCE_ATTRIBUTES=service.instance.id=<name>
`

const TEXT = { type: 'string' } as const
const TOGGLE = { type: 'boolean', default: false } as const
const texts = Object.fromEntries([...settings.keys(), 'config'].map((name) => [name, TEXT]))

/**
 * Reads the command line, with the variables of `environment` behind it.
 * @throws TypeError that names the option, variable or line of the file that is wrong, and what to write
 * instead.
 */
export function readCommand(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): Command {
  const { values } = parseArgs({
    args: [...args],
    options: { ...texts, once: TOGGLE, json: TOGGLE, list: TOGGLE, help: TOGGLE },
  })
  const { once, json, list, help, ...flags } = values
  if (json && !once) throw new TypeError('--json is for --once: write --once --json')
  return { options: readOptions(environment, flags), once, json, list, help }
}
