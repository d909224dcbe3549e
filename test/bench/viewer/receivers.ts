import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

/** Something that takes spans, as a process of its own. */
export interface Receiver {
  readonly otlp: string
  readonly page: string
  /** Resident memory, in MiB. */
  memory(): number
  stop(): Promise<void>
}

const PORTS = { page: 14_319, otlp: 14_318 }

/** Starts the viewer, or the Jaeger of a configuration that keeps traces in memory. */
export async function startReceiver(name: string, jaeger: string | undefined): Promise<Receiver> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-viewer-'))
  const [program, ...args] =
    name === 'viewer'
      ? [
          process.execPath,
          'viewer/bin/viewer.js',
          `--port=${PORTS.page}`,
          `--otlp-port=${PORTS.otlp}`,
          `--file=${join(folder, 'viewer.db')}`,
          '--max-size=100000',
        ]
      : (jaeger ?? '').split(' ')
  const child = spawn(program ?? '', args, { stdio: ['ignore', 'pipe', 'inherit'] })
  if (name === 'viewer') await once(createInterface({ input: child.stdout }), 'line')
  await untilItListens(`http://127.0.0.1:${PORTS.otlp}`)
  return {
    otlp: `http://127.0.0.1:${PORTS.otlp}`,
    page: `http://127.0.0.1:${PORTS.page}`,
    memory: () => {
      const status = readFileSync(`/proc/${child.pid}/status`, 'utf8')
      return Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024)
    },
    stop: async () => {
      child.kill('SIGTERM')
      await once(child, 'exit')
      await rm(folder, { recursive: true })
    },
  }
}

async function untilItListens(url: string): Promise<void> {
  for (;;) {
    const answered = await fetch(`${url}/v1/traces`, { method: 'POST' }).catch(() => undefined)
    if (answered) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}
