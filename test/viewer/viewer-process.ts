import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

/** A viewer that runs as a process of its own, as a user starts it. */
export interface ViewerProcess {
  readonly page: string
  readonly otlp: string
  readonly grpc: string
  readonly process: ChildProcess
  /** What it has complained of. */
  readonly complaints: readonly string[]
  get(path: string): Promise<unknown>
  send(signal: string, body: unknown): Promise<Response>
  stop(signal?: NodeJS.Signals): Promise<void>
}

/** Starts a viewer on free ports; resolves when it listens. */
export async function startViewerProcess(
  args: readonly string[] = ['--memory'],
): Promise<ViewerProcess> {
  const child = spawn(
    process.execPath,
    [
      '--conditions=@llmscope/source',
      'viewer/src/main.ts',
      '--port=0',
      '--otlp-port=0',
      '--grpc-port=0',
      ...args,
    ],
    { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'], env: { PATH: process.env['PATH'] } },
  )
  const complaints: string[] = []
  createInterface({ input: child.stderr }).on('line', (line) => complaints.push(line))
  const told = new Map<string, string>()
  for await (const line of createInterface({ input: child.stdout })) {
    const [, name = '', value = ''] = /^(\S+(?: in)?)\s+(.*)$/.exec(line) ?? []
    told.set(name, value)
    if (name === 'kept in') break
  }
  if (!told.has('kept in')) throw new Error(`The viewer did not start: ${complaints.join('\n')}`)
  const page = told.get('page') ?? ''
  const otlp = told.get('OTLP/HTTP') ?? ''
  return {
    page,
    otlp,
    grpc: told.get('OTLP/gRPC') ?? '',
    process: child,
    complaints,
    get: async (path) => {
      const response = await fetch(`${page}${path}`)
      if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
      return response.json()
    },
    send: async (signal, body) =>
      fetch(`${otlp}/v1/${signal}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      }),
    stop: async (signal = 'SIGTERM') => {
      if (child.exitCode !== null || child.signalCode !== null) return
      child.kill(signal)
      await once(child, 'exit')
    },
  }
}
