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

export interface DemoOptions extends StackOptions {
  /** Steps of the training. */
  readonly steps: number
  /** How fast the canned server answers; 1 has the timing of a hosted model. */
  readonly speed?: number
  /** Is told, in one line, what the training says. */
  readonly onTraining?: (line: string) => void
}

/** The stack, the agent of the host and both examples, all running. */
export interface Demo {
  readonly stack: Stack
  /** The local server behind the agent; none where `OPENAI_API_KEY` or `OPENAI_BASE_URL` is set. */
  readonly canned: CannedOpenAi | undefined
  /** Resolves when the training is over. Rejects where it failed. */
  readonly training: Promise<void>
  /** Has the agent answer a question. Rejects when it can answer no more. */
  ask(question: string): Promise<Answered>
  stop(): Promise<void>
}

// Short, so that there are points enough for a rate within seconds.
const EVERY_SECOND = {
  OTEL_METRIC_EXPORT_INTERVAL: '1000',
  OTEL_METRIC_EXPORT_TIMEOUT: '1000',
  OTEL_BSP_SCHEDULE_DELAY: '500',
  LLMSCOPE_SPAN_METRICS_INTERVAL: '1s',
}

/** Starts everything; rejects, with nothing left running, where a part cannot start. */
export async function startDemo(options: DemoOptions): Promise<Demo> {
  const stack = await startStack({ ...options, env: { ...EVERY_SECOND, ...options.env } })
  const canned = usesOpenAi() ? undefined : await startCannedOpenAi({ speed: options.speed ?? 1 })
  const env = { ...EVERY_SECOND, ...options.env, OTEL_EXPORTER_OTLP_ENDPOINT: stack.urls.otlpHttp }
  const host = run('host-agent/bin/host-agent.js', { env })
  const agent = run('examples/agent/main.ts', {
    args: ['--json', '-'],
    traced: true,
    env: {
      ...env,
      OTEL_SERVICE_NAME: 'example-agent',
      // a demonstration shows the conversation; an application leaves it out unless told otherwise
      OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT: 'span_and_event',
      ...(canned && { OPENAI_BASE_URL: canned.url, OPENAI_API_KEY: 'canned' }),
    },
  })
  const trainer = run('examples/training/main.ts', {
    args: ['--steps', String(options.steps), '--checkpoint', join(stack.dataDir, 'weights.bin')],
    traced: true,
    env: { ...env, OTEL_SERVICE_NAME: 'example-training' },
  })
  trainer.lines.on('line', (line) => options.onTraining?.(line))
  const training = trainer.exit.then((code) => {
    if (code !== 0) throw new Error(`The training ended with exit code ${code}.`)
  })
  // whoever awaits it hears of the failure; nobody else has to
  training.catch(() => undefined)
  return {
    stack,
    canned,
    training,
    ask: (question) => ask(agent, question),
    stop: async () => {
      agent.process.stdin?.end()
      await Promise.all([host, trainer, agent].map(end))
      await canned?.close()
      await stack.stop()
    },
  }
}

function usesOpenAi(): boolean {
  return Boolean(process.env['OPENAI_API_KEY'] ?? process.env['OPENAI_BASE_URL'])
}

async function ask(agent: Running, question: string): Promise<Answered> {
  agent.process.stdin?.write(`${question}\n`)
  const line = await Promise.race([once(agent.lines, 'line'), agent.exit])
  if (Array.isArray(line)) return JSON.parse(line[0] as string) as Answered
  throw new Error(`The agent ended with exit code ${line}.`)
}
