import { randomBytes } from 'node:crypto'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import type { Limits } from './store/retention.ts'

/** How a viewer listens and what it keeps. */
export interface ViewerOptions {
  readonly host: string
  /** 0 for any free port. */
  readonly ports: {
    readonly page: number
    readonly otlpHttp: number
    /** Not listened at where undefined. */
    readonly otlpGrpc: number | undefined
  }
  /** What everybody must know who asks or sends; none where only this machine can. */
  readonly token: string | undefined
  /** Where everything is kept; undefined for memory alone. */
  readonly file: string | undefined
  readonly limits: Limits
  /** Is told, in one line, what has happened to the file. */
  readonly onNotice: (notice: string) => void
}

/** What the command line asks for. */
export interface Command {
  readonly options: Omit<ViewerOptions, 'onNotice'>
  readonly help: boolean
  /** Something else than to start a viewer, with the file that it is about. */
  readonly transfer:
    | { readonly kind: 'export' | 'import'; readonly file: string | undefined }
    | undefined
}

type Environment = Readonly<Record<string, string | undefined>>

const LOOPBACK: ReadonlySet<string> = new Set(['127.0.0.1', '::1', 'localhost'])
const TOKEN = 'LLMSCOPE_VIEWER_TOKEN'

/** The help text of the command. */
export const HELP: string = `Usage: viewer [options]
       viewer export [options] [<file>]  write what is kept as lines of OTLP's JSON
       viewer import [options] [<file>]  keep lines of OTLP's JSON

Receives OpenTelemetry, keeps it in one file, and shows it on a page of this machine.

  --port <port>       of the page (4319)
  --otlp-port <port>  of OTLP/HTTP (4318)
  --grpc-port <port>  of OTLP/gRPC, usually 4317 (not listened at)
  --file <path>       where to keep everything (${defaultFile({})})
  --memory            keep nothing beyond the end of the process
  --max-size <MiB>    how large the file may become, about; the oldest goes first (2048)
  --max-rows <count>  how many spans, points and log records it may have, each (5000000)
  --max-age <days>    how long they stay (14)
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
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      port: text,
      'otlp-port': text,
      'grpc-port': text,
      file: text,
      memory: toggle,
      'max-size': text,
      'max-rows': text,
      'max-age': text,
      host: text,
      token: text,
      help: toggle,
    },
  })
  if (values.memory && positionals.length > 0) {
    throw new TypeError(`${positionals[0]} needs a file: leave out --memory`)
  }
  if (values.memory && values.file !== undefined) {
    throw new TypeError('--memory keeps no file: write --memory or --file, not both')
  }
  const host = values.host ?? '127.0.0.1'
  return {
    help: values.help,
    transfer: transferOf(positionals),
    options: {
      host,
      ports: {
        page: port('--port', values.port, 4319),
        otlpHttp: port('--otlp-port', values['otlp-port'], 4318),
        otlpGrpc:
          values['grpc-port'] === undefined
            ? undefined
            : port('--grpc-port', values['grpc-port'], 4317),
      },
      token: tokenFor(host, values.token ?? environment[TOKEN]),
      limits: {
        bytes: amount('--max-size', values['max-size'], 2048) * 1_048_576,
        rows: amount('--max-rows', values['max-rows'], 5_000_000),
        age: amount('--max-age', values['max-age'], 14) * 86_400_000,
      },
      file: values.memory ? undefined : resolve(values.file ?? defaultFile(environment)),
    },
  }
}

function transferOf([kind, file, ...more]: readonly string[]): Command['transfer'] {
  if (kind === undefined) return undefined
  if ((kind === 'export' || kind === 'import') && more.length === 0) return { kind, file }
  throw new TypeError(`there is no command "${[kind, ...more].join(' ')}": write export or import`)
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

function amount(name: string, given: string | undefined, usual: number): number {
  if (given === undefined) return usual
  const value = Number(given)
  if (Number.isInteger(value) && value >= 1) return value
  throw new TypeError(`${name} is "${given}": write a whole number from 1, such as ${usual}`)
}
