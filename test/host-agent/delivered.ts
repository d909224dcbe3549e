import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach } from 'vitest'
import { AgentProcess, LINUX, SMI_PATH } from './agent-process.ts'
import { OtlpSink } from './otlp-sink.ts'

export const PATIENT = { timeout: 60_000, interval: 20 } as const
export const UPTIME = ['--collectors', 'uptime'] as const

const cleanups: (() => unknown)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup()
})

/** A receiver that lasts as long as the test. */
export async function openSink(port = 0): Promise<OtlpSink> {
  const sink = await OtlpSink.open(port)
  cleanups.push(() => sink.close())
  return sink
}

/** A port that nobody listens at. */
export async function freePort(): Promise<number> {
  const sink = await OtlpSink.open()
  await sink.close()
  return sink.port
}

/** An agent with a round every 200 ms, for as long as the test. */
export function start(port: number, args: readonly string[]): AgentProcess {
  const endpoint = `http://127.0.0.1:${port}`
  const agent = new AgentProcess(['--interval', '200', '--endpoint', endpoint, ...args], {
    PATH: SMI_PATH,
    LLMSCOPE_AGENT_HOST_ROOT: LINUX,
    OTEL_EXPORTER_OTLP_TIMEOUT: '500',
  })
  cleanups.push(() => agent.end('SIGKILL'))
  return agent
}

/** A folder that lasts as long as the test. */
export function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'host-agent-queue-'))
  cleanups.push(() => rmSync(path, { recursive: true, force: true }))
  return path
}

/** The times of the rounds that arrived, in milliseconds, in the order in which they came. */
export const times = ({ exports }: OtlpSink): number[] =>
  exports.flatMap((each) =>
    each.points('system.uptime').map(({ timeUnixNano }) => Number(timeUnixNano) / 1e6),
  )

/** The longest time between two rounds that follow one another. */
export const longestGap = (rounds: readonly number[]): number =>
  Math.max(...rounds.slice(1).map((time, index) => time - (rounds[index] ?? time)))

/** Rounds that were lost for a reason, as the newest tells. */
export const lost = (sink: OtlpSink, reason: string): number | undefined =>
  sink.last.points('host_agent.queue.lost', {
    'host_agent.signal': 'metrics',
    'host_agent.loss.reason': reason,
  })[0]?.asDouble
