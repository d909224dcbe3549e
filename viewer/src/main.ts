import { type Command, HELP, readCommand } from './options.ts'
import { exportTo, importFrom } from './transfer.ts'
import { startViewer, type Viewer } from './viewer.ts'

const print = (line: string): void => void process.stdout.write(`${line}\n`)
const complain = (error: unknown): void => {
  const words = error instanceof Error ? error.message : String(error)
  process.stderr.write(`viewer: ${words}\n`)
}

function read(): Command | undefined {
  try {
    return readCommand(process.argv.slice(2), process.env)
  } catch (error) {
    complain(`${error instanceof Error ? error.message : String(error)} (--help tells more)`)
    process.exitCode = 2
    return undefined
  }
}

async function start({ options }: Command): Promise<Viewer | undefined> {
  try {
    const viewer = await startViewer({ ...options, onNotice: complain })
    const key = options.token === undefined ? '' : `/?token=${encodeURIComponent(options.token)}`
    print(`page       ${viewer.urls.page}${key}`)
    print(`OTLP/HTTP  ${viewer.urls.otlpHttp}`)
    if (viewer.urls.otlpGrpc !== undefined) print(`OTLP/gRPC  ${viewer.urls.otlpGrpc}`)
    print(`kept in    ${options.file ?? 'memory'}`)
    return viewer
  } catch (error) {
    complain(error)
    process.exitCode = 1
    return undefined
  }
}

async function transfer({ options: { file = '' }, transfer: wanted }: Command): Promise<void> {
  try {
    if (wanted?.kind === 'export') await exportTo(file, wanted.file)
    else complain(`${await importFrom(file, wanted?.file, complain)} lines are kept in ${file}`)
  } catch (error) {
    complain(error)
    process.exitCode = 1
  }
}

async function run(given: Command): Promise<void> {
  const viewer = await start(given)
  let asked = false
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      // whoever asks twice does not want to wait
      if (asked) process.exit(1)
      asked = true
      void viewer?.close().then(() => {
        const { spans, points, logs } = viewer.received
        print(`received   ${spans} spans, ${points} points, ${logs} log records`)
        process.exit(0)
      })
    })
  }
}

const command = read()
if (command?.help) process.stdout.write(HELP)
else if (command?.transfer) await transfer(command)
else if (command) await run(command)
