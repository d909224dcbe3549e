import { createHash } from 'node:crypto'
import { hostname, release } from 'node:os'
import { resolve } from 'node:path'
import { parseEnv } from 'node:util'
import type { Attributes } from '@opentelemetry/api'
import {
  detectResources,
  envDetector,
  hostDetector,
  osDetector,
  type Resource,
  resourceFromAttributes,
} from '@opentelemetry/resources'
import type { Host } from './collector.ts'
import { untilAborted } from './deadline.ts'

const PATIENCE_MS = 3000

/**
 * Describes the host, whose files are at `root`, and the agent, once. What takes a command to find out is
 * left out if it takes longer than three seconds. `OTEL_RESOURCE_ATTRIBUTES` and `OTEL_SERVICE_NAME`
 * have the last word.
 */
export async function describeHost(host: Host, root: string): Promise<Resource> {
  const detected = detectResources({ detectors: [hostDetector, osDetector] })
  await detected.waitForAsyncAttributes?.()
  return detected
    .merge(resourceFromAttributes({ 'service.name': 'llmscope-host-agent' }))
    .merge(resourceFromAttributes(await identity(host, await hostName(host, root))))
    .merge(resourceFromAttributes(await operatingSystem(host)))
    .merge(resourceFromAttributes(await hardware()))
    .merge(detectResources({ detectors: [envDetector] }))
}

// The kernel answers with the name of the reader's own container.
async function hostName(host: Host, root: string): Promise<string> {
  const inContainer = resolve(root) !== '/'
  return (inContainer && (await line(host, '/etc/hostname'))) || hostname()
}

/** The same after a restart of the agent, so that its series go on. */
async function identity(host: Host, name: string): Promise<Attributes> {
  const machine = await line(host, '/etc/machine-id')
  return {
    'host.name': name,
    ...(machine && { 'host.id': machine }),
    'service.instance.id': uuid(`${machine}/${name}`),
  }
}

async function line({ readFile }: Host, path: string): Promise<string> {
  return (await readFile(path).catch(() => '')).trim()
}

async function operatingSystem({ readFile }: Host): Promise<Attributes> {
  const text = await readFile('/etc/os-release')
    .catch(() => readFile('/usr/lib/os-release'))
    .catch(() => '')
  const { NAME, VERSION_ID, PRETTY_NAME } = parseEnv(text)
  return known({
    'os.name': NAME,
    'os.version': VERSION_ID,
    'os.description': PRETTY_NAME,
    'os.build_id': release(),
  })
}

// Containers of one image share their machine id, hence the host name beside it.
function uuid(name: string): string {
  const hex = createHash('sha256').update(name).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

async function hardware(): Promise<Attributes> {
  try {
    const late = AbortSignal.timeout(PATIENCE_MS)
    return await untilAborted(askHardware(), late, () => new Error('the host took too long'))
  } catch {
    return {}
  }
}

async function askHardware(): Promise<Attributes> {
  const { default: systeminformation } = await import('systeminformation')
  const cpu = await systeminformation.cpu()
  return known({
    'host.cpu.model.name': `${cpu.manufacturer} ${cpu.brand}`.trim(),
    'host.cpu.family': cpu.family,
    'host.cpu.model.id': cpu.model,
    'host.cpu.stepping': cpu.stepping,
    'host.cpu.cache.l2.size': cpu.cache.l2,
  })
}

function known(attributes: Attributes): Attributes {
  return Object.fromEntries(Object.entries(attributes).filter(([, value]) => Boolean(value)))
}
