import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { checks, settled, TOKENS } from './checks.ts'
import { type Answered, type Demo, startDemo } from './demo.ts'

const HELP = `npm run demo -- [options]

Starts the Collector, Jaeger and Prometheus, the agent of the host, an example agent that answers
questions and an example training, and says where to look. Ctrl-C stops all.

  --once   answer three questions, train, check that everything arrived, and end
  --help   this text

With OPENAI_API_KEY (and OPENAI_BASE_URL) the agent asks a real model; else a local server whose
answers are canned.
`

const QUESTIONS = [
  'What does a fine-tune on 8 H100 GPUs for 12 hours cost, and how often should it write a checkpoint?',
  'What do 4 L40S cost for 30 hours, and what happens to a job that leaves its GPUs idle?',
  'What do 16 A100 cost for 6 hours, and may jobs at night be preempted?',
]
const STEPS = 1000
const PAUSE_MS = 5000
const ARRIVAL_MS = 30_000

try {
  const { values } = parseArgs({
    options: { once: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
  })
  if (values.help) process.stdout.write(HELP)
  else await main(values.once === true)
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
}

async function main(isOnce: boolean): Promise<void> {
  print('Starting the Collector, Jaeger and Prometheus …')
  const demo = await startDemo({
    steps: STEPS,
    onProgress: print,
    onTraining: (line) => line && print(`  training │ ${line}`),
  })
  const interrupted = Promise.race(['SIGINT', 'SIGTERM'].map((signal) => once(process, signal)))
  try {
    introduce(demo)
    const work = isOnce ? runOnce(demo) : runOn(demo)
    const failure = await Promise.race([
      work,
      demo.stack.failure,
      interrupted.then(() => undefined),
    ])
    if (failure) throw failure
  } finally {
    await demo.stop()
  }
}

function introduce({ stack, canned }: Demo): void {
  const { jaeger, prometheus, otlpHttp } = stack.urls
  print('')
  print(`Jaeger      ${jaeger}   traces, by its query API`)
  print(`Prometheus  ${prometheus}    metrics, by its query API`)
  print(
    `OTLP        ${otlpHttp}    for applications of yours: OTEL_EXPORTER_OTLP_ENDPOINT=${otlpHttp}`,
  )
  print(
    'Built from their modules, neither has its web page: stack/compose.yaml has them, and Grafana.',
  )
  print(
    canned
      ? 'The agent asks a local server: its answers are canned, no model is behind it. Set OPENAI_API_KEY for a real one.'
      : 'The agent asks the model of your OPENAI_* variables.',
  )
  print('')
}

/** Answers and trains once, and checks that all of it arrived. */
async function runOnce(demo: Demo): Promise<undefined> {
  const answers: Answered[] = []
  for (const question of QUESTIONS) answers.push(await answer(demo, question))
  await demo.training
  print('')
  for (const check of checks(demo, answers)) {
    print(`✓ ${check.what}: ${await settled(check, ARRIVAL_MS)}`)
  }
  print('\nEverything arrived.')
}

/** Answers questions until somebody stops it. */
async function runOn(demo: Demo): Promise<never> {
  for (let turn = 0; ; turn += 1) {
    await answer(demo, QUESTIONS[turn % QUESTIONS.length] ?? '')
    await sleep(PAUSE_MS)
  }
}

async function answer(demo: Demo, question: string): Promise<Answered> {
  const answered = await demo.ask(question)
  const { jaeger, prometheus } = demo.stack.urls
  print(`  agent    │ ${question}`)
  print(`           │ groundedness ${answered.score.toFixed(2)}`)
  print(`           │ trace  ${jaeger}/api/traces/${answered.traceId}`)
  print(`           │ tokens ${prometheus}/api/v1/query?query=${encodeURIComponent(TOKENS)}`)
  return answered
}

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}
