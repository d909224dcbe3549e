import { readArguments } from '../arguments.ts'
import { defaults, startCannedOpenAi } from './server.ts'

const USAGE = 'Usage: main.ts [--port 4010] [--speed 1] [--fault-rate 0.1] [--seed 12]'
const { values } = readArguments(USAGE, {
  options: {
    port: { type: 'string', default: '4010' },
    speed: { type: 'string', default: String(defaults.speed) },
    'fault-rate': { type: 'string', default: String(defaults.faultRate) },
    seed: { type: 'string', default: String(defaults.seed) },
  },
})

try {
  const server = await startCannedOpenAi({
    port: Number(values.port),
    speed: Number(values.speed),
    faultRate: Number(values['fault-rate']),
    seed: Number(values.seed),
  })
  process.stdout.write(
    `Canned OpenAI server: every answer is canned, no model is behind it.\n` +
      `  export OPENAI_BASE_URL=${server.url} OPENAI_API_KEY=canned\n`,
  )
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void server.close())
  }
} catch (error) {
  process.stderr.write(`The canned OpenAI server could not start: ${String(error)}\n${USAGE}\n`)
  process.exitCode = error instanceof RangeError ? 2 : 1
}
