import { diag, DiagLogLevel } from '@opentelemetry/api'
import { withoutSecrets } from './address.ts'
import { type Agent, startAgent } from './agent.ts'
import { type Command, HELP, readCommand } from './command.ts'
import { listCollectors } from './list.ts'
import { measureOnce } from './once.ts'

const say = (line: string): void => void process.stderr.write(`host-agent: ${line}\n`)

const quiet = (): void => {}
const LOGGER = { error: say, warn: say, info: quiet, debug: quiet, verbose: quiet }

const read = (): Command => readCommand(process.argv.slice(2), process.env)
const message = (error: unknown): string => (error instanceof Error ? error.message : String(error))

function begin({ options }: Command): Agent {
  const agent = startAgent(options, say)
  say(`sends to ${withoutSecrets(options.url)} every ${options.intervalMs / 1000} s`)
  return agent
}

async function main(): Promise<void> {
  const command = read()
  const { options, once, json, list, help } = command
  if (help) {
    process.stdout.write(HELP)
  } else if (once || list) {
    // Whoever reads the first lines only, such as head(1), closes the pipe.
    process.stdout.on('error', () => process.exit(1))
    process.stdout.write(await (list ? listCollectors(options) : measureOnce(options, json, say)))
  } else {
    diag.setLogger(LOGGER, DiagLogLevel.WARN)
    attend(begin(command))
  }
}

/** Does what signals ask for. */
function attend(agent: Agent): void {
  let running = Promise.resolve(agent)
  let released = false
  process.on('SIGUSR1', () => {
    released = !released
    say(
      released ? 'lets go of the GPU driver until SIGUSR1 comes again' : 'takes up the GPU driver',
    )
    void running.then((now) => (released ? now.release() : now.resume()))
  })
  process.on('SIGHUP', () => {
    released = false
    running = running.then(renew)
    running.catch(fail)
  })
  let asked = false
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      // Whoever asks twice does not want to wait.
      if (asked) process.exit(1)
      asked = true
      void running.then((now) => now.stop()).then(() => process.exit(0))
    })
  }
}

/** An agent with the settings as they are now, in the place of `agent`, unless they are wrong. */
async function renew(agent: Agent): Promise<Agent> {
  let command: Command
  try {
    command = read()
  } catch (error) {
    say(`keeps its settings: ${message(error)}`)
    return agent
  }
  await agent.stop()
  say('has read its settings again')
  return begin(command)
}

function fail(error: unknown): void {
  say(`${message(error)} (--help tells more)`)
  process.exitCode = 2
}

await main().catch(fail)
