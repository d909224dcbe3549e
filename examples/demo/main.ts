import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { interruption } from '@llmscope/stack'
import { readArguments } from '../arguments.ts'
import { settled } from './checks.ts'
import type { Answered } from './demo.ts'
import { type Place, stackPlace, viewerPlace } from './place.ts'

const HELP = `npm run demo -- [options]

Starts the viewer, the agent of the host, an example agent that answers questions and an example
training, and says where to look. Ctrl-C stops all.

  --stack  with the Collector, Jaeger and Prometheus in the place of the viewer
  --once   answer three questions, train, check that everything arrived, and end
  --help   this text

With OPENAI_API_KEY or OPENAI_BASE_URL (or both) the agent asks a real model; else a local server
whose answers are canned.
`

const QUESTIONS = [
  'What does a fine-tune on 8 H100 GPUs for 12 hours cost, and how often should it write a checkpoint?',
  'What do 4 L40S cost for 30 hours, and what happens to a job that leaves its GPUs idle?',
  'What do 16 A100 cost for 6 hours, and may jobs at night be preempted?',
]
const STEPS = 1000
const PAUSE_MS = 5000
const ARRIVAL_MS = 30_000

const { values } = readArguments('Usage: npm run demo -- [--stack] [--once] [--help]', {
  options: {
    stack: { type: 'boolean' },
    once: { type: 'boolean' },
    help: { type: 'boolean', short: 'h' },
  },
})
if (values.help) process.stdout.write(HELP)
else await work(values.once === true, values.stack === true)

async function work(isOnce: boolean, hasStack: boolean): Promise<void> {
  const signal = interruption()
  try {
    await main(isOnce, hasStack, signal)
  } catch (error) {
    // What an interruption cuts short is no failure.
    if (signal.aborted) return
    complain(error instanceof Error ? error.message : String(error))
    process.exitCode = 1
  }
}

async function main(isOnce: boolean, hasStack: boolean, signal: AbortSignal): Promise<void> {
  const interrupted = once(signal, 'abort')
  print(`Starting ${hasStack ? 'the Collector, Jaeger and Prometheus' : 'the viewer'} …`)
  const place = await (hasStack ? stackPlace : viewerPlace)({
    steps: STEPS,
    signal,
    onProgress: print,
    onTraining: (line) => line && print(`  training │ ${line}`),
    // once, a failure ends it all and is said then
    ...(!isOnce && { onFailure: (line) => complain(`${line} The rest goes on.`) }),
  })
  const over = new AbortController()
  try {
    introduce(place)
    const end = isOnce ? runOnce(place, over.signal) : runOn(place, over.signal)
    const failure = await Promise.race([end, place.failure, interrupted.then(() => undefined)])
    if (failure) throw failure
  } finally {
    over.abort()
    await place.parts.stop()
  }
  // to be stopped is how the endless one ends
  if (!isOnce) process.exitCode = 0
}

function introduce({ introduction, parts }: Place): void {
  print('')
  for (const line of introduction) print(line)
  print(
    parts.canned
      ? 'The agent asks a local server: its answers are canned, no model is behind it. Set OPENAI_API_KEY or OPENAI_BASE_URL for a real one.'
      : 'The agent asks the model of your OPENAI_* variables.',
  )
  print('')
}

/** Answers and trains once, and checks that all of it arrived. */
async function runOnce(place: Place, signal: AbortSignal): Promise<undefined> {
  const answers: Answered[] = []
  for (const question of QUESTIONS) answers.push(await answer(place, question))
  await place.parts.training
  print('')
  for (const check of place.checks(answers)) {
    print(`✓ ${check.what}: ${await settled(check, ARRIVAL_MS, signal)}`)
  }
  print('\nEverything arrived.')
}

/** Answers questions until `signal` aborts. */
async function runOn(place: Place, signal: AbortSignal): Promise<never> {
  for (let turn = 0; ; turn += 1) {
    await answer(place, QUESTIONS[turn % QUESTIONS.length] ?? '')
    await sleep(PAUSE_MS, undefined, { signal })
  }
}

async function answer(place: Place, question: string): Promise<Answered> {
  const answered = await place.parts.ask(question)
  print(`  agent    │ ${question}`)
  print(`           │ groundedness ${answered.score.toFixed(2)}`)
  for (const line of place.links(answered)) print(`           │ ${line}`)
  return answered
}

function complain(line: string): void {
  process.stderr.write(`${line}\n`)
}

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}
