import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { provide } from './build.ts'
import { endOfLog, startChild, type Child } from './child.ts'
import { untilHealthy } from './health.ts'
import { choosePorts, type Ports } from './ports.ts'
import { loopback, type Service, type Site } from './service.ts'
import { alertmanager } from './services/alertmanager.ts'
import { collector, readProfile } from './services/collector.ts'
import { jaeger } from './services/jaeger.ts'
import { prometheus } from './services/prometheus.ts'

/** Started from the first to the last, stopped the other way: the Collector hands over what it has. */
const SERVICES: readonly Service[] = [alertmanager, jaeger, prometheus, collector]
const HEALTH_DEADLINE_MS = 60_000

export interface StackOptions {
  /** Ports on loopback; what is left out is the environment's or the usual one, 0 is any free one. */
  readonly ports?: 'free' | Partial<Ports>
  /** Where the backends keep their data and logs; else a temporary folder, removed at the end unless a service failed. */
  readonly dataDir?: string
  /** The Collector's profile, a file of collector-config/profiles; `local` unless told otherwise. */
  readonly profile?: string
  /** Environment variables for every service, beside this process's own. */
  readonly env?: NodeJS.ProcessEnv
  /** Is told, in one line, what is being done. */
  readonly onProgress?: (line: string) => void
  /** Ends the start when it aborts; of a stack that has started, it stops nothing. */
  readonly signal?: AbortSignal
}

export interface StackUrls {
  readonly otlpHttp: string
  readonly otlpGrpc: string
  readonly jaeger: string
  readonly prometheus: string
  readonly alertmanager: string
}

export interface Stack {
  readonly urls: StackUrls
  readonly dataDir: string
  /** Resolves, with what happened and where its log is, when a service ends that nobody stopped. */
  readonly failure: Promise<Error>
  readonly stop: () => Promise<void>
}

/** Builds, in the cache, what has to be built for the stack and is not there yet. */
export async function buildStack(
  options: Pick<StackOptions, 'env' | 'onProgress' | 'signal'> = {},
): Promise<ReadonlyMap<Service, string>> {
  return provide(SERVICES, {
    env: { ...process.env, ...options.env },
    onProgress: options.onProgress ?? (() => {}),
    ...(options.signal && { signal: options.signal }),
  })
}

/**
 * Starts the Collector, Jaeger, Prometheus and Alertmanager on loopback; resolves once each is
 * healthy. Throws, with nothing left running, where one cannot be built or started or a port is
 * taken; the message says what to do. Throws the signal's reason where that aborts.
 */
export async function startStack(options: StackOptions = {}): Promise<Stack> {
  const env = { ...process.env, ...options.env }
  const { profile = 'local', signal } = options
  await readProfile(profile)
  const ports = await choosePorts(options.ports ?? {}, env)
  const binaries = await buildStack(options)
  const dataDir = options.dataDir ?? (await mkdtemp(join(tmpdir(), 'llmscope-stack-')))
  const running: Running[] = []
  let stopping = false
  let isLogNamed = false
  const stop = async (): Promise<void> => {
    stopping = true
    for (const { child } of running.toReversed()) await child.stop()
    const isKept = isLogNamed || options.dataDir !== undefined
    if (!isKept) await rm(dataDir, { recursive: true, force: true })
  }
  try {
    for (const [service, file] of binaries) {
      signal?.throwIfAborted()
      running.push(await start(service, file, { ports, profile, directory: dataDir }, env))
    }
    await Promise.all(running.map(async (each) => untilReady(each, signal)))
  } catch (error) {
    isLogNamed = error instanceof ServiceFailure
    await stop()
    throw error
  }
  return {
    urls: urlsOf(ports),
    dataDir,
    failure: new Promise((resolve) => {
      for (const each of running) {
        void each.child.ended.then(() => {
          if (stopping) return
          isLogNamed = true
          resolve(failureOf(each))
        })
      }
    }),
    stop,
  }
}

/** Names a log in the folder of the data, which is therefore kept. */
class ServiceFailure extends Error {}

interface Running {
  readonly title: string
  readonly child: Child
  readonly health: string
  readonly log: string
}

async function start(
  { title, program, launch }: Service,
  file: string,
  site: Site,
  env: NodeJS.ProcessEnv,
): Promise<Running> {
  const directory = join(site.directory, program.name)
  await mkdir(directory, { recursive: true })
  const { args, env: own, health } = await launch({ ...site, directory })
  const log = `${directory}.log`
  const child = await startChild({ file, args, env: { ...env, ...own }, log })
  return { title, child, health, log }
}

/** Resolves once the service is healthy; throws where it ends before, takes a minute, or `signal` aborts. */
async function untilReady(running: Running, signal: AbortSignal | undefined): Promise<void> {
  const giveUp = new AbortController()
  const abort = (): void => giveUp.abort()
  const timer = setTimeout(abort, HEALTH_DEADLINE_MS)
  signal?.addEventListener('abort', abort)
  const ended = running.child.ended.then(async () => {
    throw await failureOf(running)
  })
  const healthy = untilHealthy(running.health, giveUp.signal).catch((error: unknown) => {
    signal?.throwIfAborted()
    const message = `${running.title} does not answer at ${running.health}. Its log: ${running.log}`
    throw new ServiceFailure(message, { cause: error })
  })
  await Promise.race([ended, healthy]).finally(() => {
    clearTimeout(timer)
    signal?.removeEventListener('abort', abort)
    abort()
  })
}

async function failureOf({ title, child, log }: Running): Promise<Error> {
  const how = await child.ended
  const end = await endOfLog(log)
  return new ServiceFailure(`${title} ended (${how}). Its log, ${log}, ends with:\n${end}`)
}

function urlsOf(ports: Ports): StackUrls {
  return {
    otlpHttp: httpOf(ports.otlpHttp),
    otlpGrpc: httpOf(ports.otlpGrpc),
    jaeger: httpOf(ports.jaeger),
    prometheus: httpOf(ports.prometheus),
    alertmanager: httpOf(ports.alertmanager),
  }
}

function httpOf(port: number): string {
  return `http://${loopback(port)}`
}
