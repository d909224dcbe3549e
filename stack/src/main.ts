import { once } from 'node:events'
import { parseArgs } from 'node:util'
import { buildStack, startStack, type StackOptions, type StackUrls } from './index.ts'

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

try {
  await main()
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      profile: { type: 'string' },
      data: { type: 'string' },
      'build-only': { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
    },
  })
  if (values.help) process.stdout.write(HELP)
  else if (values['build-only']) await buildOnly()
  else {
    await run({
      ...(values.profile !== undefined && { profile: values.profile }),
      ...(values.data !== undefined && { dataDir: values.data }),
    })
  }
}

async function buildOnly(): Promise<void> {
  for (const file of (await buildStack({ onProgress: print })).values()) print(file)
}

async function run(options: StackOptions): Promise<void> {
  const interrupted = Promise.race(
    ['SIGINT', 'SIGTERM', 'SIGHUP'].map(async (signal) => once(process, signal)),
  )
  const stack = await startStack({ ...options, onProgress: print })
  print(addresses(stack.urls))
  const failure = await Promise.race([stack.failure, interrupted.then(() => undefined)])
  await stack.stop()
  if (failure) throw failure
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
