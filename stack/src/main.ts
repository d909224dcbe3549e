import { once } from 'node:events'
import { parseArgs } from 'node:util'
import {
  buildStack,
  interruption,
  readProfile,
  type StackOptions,
  type StackUrls,
  startStack,
} from './index.ts'

interface Values {
  readonly profile?: string
  readonly data?: string
  readonly 'build-only'?: boolean
  readonly help?: boolean
}

const HELP = `npm run stack -- [options]

Starts the OpenTelemetry Collector, Jaeger, Prometheus and Alertmanager on loopback, and stops them
on Ctrl-C. What is missing is built with Go first, once per machine.

  --profile NAME   the Collector's profile, of collector-config/profiles (default: local)
  --data DIR       keep data and logs there (default: a temporary folder, removed at the
                   end unless a service failed)
  --build-only     build what is missing and end
  --help           this text

Environment
  LLMSCOPE_OTLP_HTTP_PORT, LLMSCOPE_OTLP_GRPC_PORT, LLMSCOPE_JAEGER_PORT,
  LLMSCOPE_PROMETHEUS_PORT, LLMSCOPE_ALERTMANAGER_PORT         other ports than the usual ones
  LLMSCOPE_OTELCOL_BIN, LLMSCOPE_JAEGER_BIN,
  LLMSCOPE_PROMETHEUS_BIN, LLMSCOPE_ALERTMANAGER_BIN           binaries to use as they are
  LLMSCOPE_CACHE                                               where built binaries are kept
  and those of collector-config/README.md, for the Collector
`

const print = (line: string): void => {
  process.stdout.write(`${line}\n`)
}

const values = await readOptions()
if (values?.help) process.stdout.write(HELP)
else if (values) await work(values)

/** The options; where they are wrong, a line says so and there are none. */
async function readOptions(): Promise<Values | undefined> {
  try {
    const { values: read } = parseArgs({
      options: {
        profile: { type: 'string' },
        data: { type: 'string' },
        'build-only': { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    })
    if (read.profile !== undefined) await readProfile(read.profile)
    return read
  } catch (error) {
    complain(error)
    process.exitCode = 2
    return undefined
  }
}

async function work({ profile, data, 'build-only': isBuildOnly }: Values): Promise<void> {
  const signal = interruption()
  try {
    if (isBuildOnly) await buildOnly(signal)
    else {
      await run({
        ...(profile !== undefined && { profile }),
        ...(data !== undefined && { dataDir: data }),
        onProgress: print,
        signal,
      })
    }
  } catch (error) {
    // What an interruption cuts short is no failure.
    if (signal.aborted) return
    complain(error)
    process.exitCode = 1
  }
}

async function buildOnly(signal: AbortSignal): Promise<void> {
  for (const file of (await buildStack({ onProgress: print, signal })).values()) print(file)
}

async function run(options: StackOptions & { readonly signal: AbortSignal }): Promise<void> {
  const interrupted = once(options.signal, 'abort')
  const stack = await startStack(options)
  print(addresses(stack.urls))
  const failure = await Promise.race([stack.failure, interrupted.then(() => undefined)])
  await stack.stop()
  if (failure) throw failure
  process.exitCode = 0
}

function complain(error: unknown): void {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
}

function addresses(urls: StackUrls): string {
  return [
    `OTLP/HTTP     ${urls.otlpHttp}`,
    `OTLP/gRPC     ${urls.otlpGrpc}`,
    `Jaeger        ${urls.jaeger}`,
    `Prometheus    ${urls.prometheus}`,
    `Alertmanager  ${urls.alertmanager}`,
    'Ready. Ctrl-C stops all.',
  ].join('\n')
}
