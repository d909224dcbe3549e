import { randomBytes } from 'node:crypto'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'

/** How a viewer listens and what it keeps. */
export interface ViewerOptions {
  readonly host: string
  /** 0 for any free port. */
  readonly ports: { readonly page: number; readonly otlpHttp: number }
  /** What everybody must know who asks or sends; none where only this machine can. */
  readonly token: string | undefined
  /** Where everything is kept; undefined for memory alone. */
  readonly file: string | undefined
}

/** What the command line asks for. */
export interface Command {
  readonly options: ViewerOptions
  readonly help: boolean
}

type Environment = Readonly<Record<string, string | undefined>>

const LOOPBACK: ReadonlySet<string> = new Set(['127.0.0.1', '::1', 'localhost'])
const TOKEN = 'LLMSCOPE_VIEWER_TOKEN'

/** The help text of the command. */
export const HELP: string = `Usage: viewer [options]

Receives OpenTelemetry, keeps it in one file, and shows it on a page of this machine.

  --port <port>       of the page (4319)
  --otlp-port <port>  of OTLP/HTTP (4318)
  --file <path>       where to keep everything (${defaultFile({})})
  --memory            keep nothing beyond the end of the process
  --host <address>    listen there too for other machines, which then need the token (127.0.0.1)
  --token <text>      the token (${TOKEN}; else a new one each time)
  --help              print this

A port of 0 is any free one.
`

/**
 * Reads the command line.
 * @throws TypeError that names the option that is wrong, and what to write instead.
 */
export function readCommand(args: readonly string[], environment: Environment): Command {
  const text = { type: 'string' } as const
  const toggle = { type: 'boolean', default: false } as const
  const { values } = parseArgs({
    args: [...args],
    options: {
      port: text,
      'otlp-port': text,
      file: text,
      memory: toggle,
      host: text,
      token: text,
      help: toggle,
    },
  })
  if (values.memory && values.file !== undefined) {
    throw new TypeError('--memory keeps no file: write --memory or --file, not both')
  }
  const host = values.host ?? '127.0.0.1'
  return {
    help: values.help,
    options: {
      host,
      ports: {
        page: port('--port', values.port, 4319),
        otlpHttp: port('--otlp-port', values['otlp-port'], 4318),
      },
      token: tokenFor(host, values.token ?? environment[TOKEN]),
      file: values.memory ? undefined : resolve(values.file ?? defaultFile(environment)),
    },
  }
}

function tokenFor(host: string, given: string | undefined): string | undefined {
  if (given) return given
  return LOOPBACK.has(host) ? undefined : randomBytes(18).toString('base64url')
}

function defaultFile({ XDG_DATA_HOME: data }: Environment): string {
  return join(data || join(homedir(), '.local', 'share'), 'llmscope', 'viewer.db')
}

function port(name: string, given: string | undefined, usual: number): number {
  if (given === undefined) return usual
  const value = Number(given)
  if (/^\d+$/.test(given) && value <= 65_535) return value
  throw new TypeError(`${name} is "${given}": write a port from 0 to 65535, such as ${usual}`)
}
