import { diag, DiagLogLevel } from '@opentelemetry/api'
import { startAgent } from './agent.ts'
import { measureOnce } from './once.ts'
import { type Command, HELP, readCommand, withoutSecrets } from './options.ts'

const say = (line: string): void => void process.stderr.write(`host-agent: ${line}\n`)

const quiet = (): void => {}
const LOGGER = { error: say, warn: say, info: quiet, debug: quiet, verbose: quiet }

function read(): Command | undefined {
  try {
    return readCommand(process.argv.slice(2), process.env)
  } catch (error) {
    say(`${error instanceof Error ? error.message : String(error)} (--help tells more)`)
    process.exitCode = 2
    return undefined
  }
}

const command = read()
if (command?.help) {
  process.stdout.write(HELP)
} else if (command?.once) {
  // Whoever reads the first lines only, such as head(1), closes the pipe.
  process.stdout.on('error', () => process.exit(1))
  process.stdout.write(await measureOnce(command.options, command.json, say))
} else if (command) {
  const { url, intervalMs } = command.options
  diag.setLogger(LOGGER, DiagLogLevel.WARN)
  const agent = startAgent(command.options, say)
  say(`sends to ${withoutSecrets(url)} every ${intervalMs / 1000} s`)
  let released = false
  process.on('SIGUSR1', () => {
    released = !released
    say(
      released ? 'lets go of the GPU driver until SIGUSR1 comes again' : 'takes up the GPU driver',
    )
    void (released ? agent.release() : agent.resume())
  })
  let asked = false
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      // Whoever asks twice does not want to wait.
      if (asked) process.exit(1)
      asked = true
      void agent.stop().then(() => process.exit(0))
    })
  }
}
