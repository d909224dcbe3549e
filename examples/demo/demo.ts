import { once } from 'node:events'
import { join } from 'node:path'
import { type Stack, type StackOptions, startStack } from '@llmscope/stack'
import { type CannedOpenAi, startCannedOpenAi } from '../canned-openai/server.ts'
import { end, run, type Running } from './children.ts'

/** What the agent said of one question. */
export interface Answered {
  readonly question: string
  readonly traceId: string
  readonly responseId: string
  readonly score: number
}

/** How the parts of a demo run that are not where its telemetry goes. */
export interface PartOptions {
  /** Steps of the training. */
  readonly steps: number
  /** How fast the canned server answers; 1 has the timing of a hosted model. */
  readonly speed?: number
  /** Environment variables for every part, beside this process's own. */
  readonly env?: NodeJS.ProcessEnv
  /** Is told, in one line, what the training says. */
  readonly onTraining?: (line: string) => void
  /** Is told, in one line, that the training failed or the agent of the host ended. */
  readonly onFailure?: (line: string) => void
}

export type DemoOptions = PartOptions & StackOptions

/** The agent of the host and both examples, all running. */
export interface Parts {
  /** The local server behind the agent; none where `OPENAI_API_KEY` or `OPENAI_BASE_URL` says anything. */
  readonly canned: CannedOpenAi | undefined
  /** Resolves when the training is over. Rejects where it failed. */
  readonly training: Promise<void>
  /** Has the agent answer a question. Rejects when it can answer no more. */
  ask(question: string): Promise<Answered>
  stop(): Promise<void>
}

/** The parts, and the stack that they send to. */
export interface Demo extends Parts {
  readonly stack: Stack
}

// Short, so that there are points enough for a rate within seconds.
const EVERY_SECOND = {
  OTEL_METRIC_EXPORT_INTERVAL: '1000',
  OTEL_METRIC_EXPORT_TIMEOUT: '1000',
  OTEL_BSP_SCHEDULE_DELAY: '500',
  LLMSCOPE_SPAN_METRICS_INTERVAL: '1s',
}

/** Starts everything with the stack; rejects, with nothing left running, where a part cannot start. */
export async function startDemo(options: DemoOptions): Promise<Demo> {
  await using started = new AsyncDisposableStack()
  const stack = await startStack({ ...options, env: { ...EVERY_SECOND, ...options.env } })
  started.defer(stack.stop)
  const parts = await startParts(options, stack.urls.otlpHttp, stack.dataDir)
  started.defer(() => parts.stop())
  const all = started.move()
  return { ...parts, stack, stop: async () => all.disposeAsync() }
}

/** Starts what sends to an address; rejects, with nothing left running, where a part cannot start. */
export async function startParts(
  options: PartOptions,
  otlpHttp: string,
  folder: string,
): Promise<Parts> {
  await using started = new AsyncDisposableStack()
  const given = { ...process.env, ...options.env }
  const canned = usesOpenAi(given)
    ? undefined
    : await startCannedOpenAi({ speed: options.speed ?? 1 })
  started.defer(async () => canned?.close())
  const env = { ...EVERY_SECOND, ...options.env, OTEL_EXPORTER_OTLP_ENDPOINT: otlpHttp }
  const host = run('host-agent/bin/host-agent.js', { env })
  const agent = run('examples/agent/main.ts', {
    args: ['--json', '-'],
    traced: true,
    env: { ...env, ...agentEnvironment(given, canned) },
  })
  const trainer = run('examples/training/main.ts', {
    args: ['--steps', String(options.steps), '--checkpoint', join(folder, 'weights.bin')],
    traced: true,
    env: { ...env, OTEL_SERVICE_NAME: 'example-training' },
  })
  trainer.lines.on('line', (line) => options.onTraining?.(line))
  let isStopping = false
  started.defer(async () => {
    isStopping = true
    await Promise.all([host, trainer, agent].map(end))
  })
  const complain = (line: string): void => {
    if (!isStopping) options.onFailure?.(line)
  }
  const training = trainer.exit.then((exit) => {
    if (exit === 0) return
    throw new Error(ended('The training', exit))
  })
  training.catch((error: Error) => complain(error.message))
  void host.exit.then((exit) => complain(ended('The agent of the host', exit)))
  const all = started.move()
  return {
    canned,
    training,
    ask: async (question) => ask(agent, question),
    stop: async () => all.disposeAsync(),
  }
}

function agentEnvironment(
  given: NodeJS.ProcessEnv,
  canned: CannedOpenAi | undefined,
): NodeJS.ProcessEnv {
  return {
    OTEL_SERVICE_NAME: 'example-agent',
    // a demonstration shows the conversation; an application leaves it out unless told otherwise
    OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT: 'span_and_event',
    ...(canned && { OPENAI_BASE_URL: canned.url }),
    // the client wants a key, even for a local server that wants none
    ...(!isSet(given['OPENAI_API_KEY']) && { OPENAI_API_KEY: 'none' }),
  }
}

function usesOpenAi(env: NodeJS.ProcessEnv): boolean {
  return isSet(env['OPENAI_API_KEY']) || isSet(env['OPENAI_BASE_URL'])
}

/** Whether a variable says anything, as the client judges it. */
function isSet(variable: string | undefined): boolean {
  return variable !== undefined && variable.trim() !== ''
}

function ended(what: string, exit: number | NodeJS.Signals): string {
  return `${what} ended with ${typeof exit === 'number' ? `exit code ${exit}` : exit}.`
}

async function ask(agent: Running, question: string): Promise<Answered> {
  agent.process.stdin?.write(`${question}\n`)
  const line = await Promise.race([once(agent.lines, 'line'), agent.exit])
  if (Array.isArray(line)) return JSON.parse(line[0] as string) as Answered
  throw new Error(ended('The agent', line))
}
