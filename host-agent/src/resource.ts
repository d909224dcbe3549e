import { createHash } from 'node:crypto'
import { hostname } from 'node:os'
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
 * Describes the host and the agent, once. What takes a command to find out is left out if it takes
 * longer than three seconds. `OTEL_RESOURCE_ATTRIBUTES` and `OTEL_SERVICE_NAME` have the last word.
 */
export async function describeHost(host: Host): Promise<Resource> {
  const detected = detectResources({ detectors: [hostDetector, osDetector] })
  await detected.waitForAsyncAttributes?.()
  return detected
    .merge(resourceFromAttributes({ 'service.name': 'llmscope-host-agent' }))
    .merge(resourceFromAttributes(await identity(host)))
    .merge(resourceFromAttributes(await hardware()))
    .merge(detectResources({ detectors: [envDetector] }))
}

/** The same after a restart of the agent, so that its series go on. */
async function identity({ readFile }: Host): Promise<Attributes> {
  const machine = await readFile('/etc/machine-id').then(
    (text) => text.trim(),
    () => '',
  )
  return {
    ...(machine && { 'host.id': machine }),
    'service.instance.id': uuid(`${machine}/${hostname()}`),
  }
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
  const [cpu, os] = await Promise.all([systeminformation.cpu(), systeminformation.osInfo()])
  const attributes = {
    'host.cpu.model.name': `${cpu.manufacturer} ${cpu.brand}`.trim(),
    'host.cpu.family': cpu.family,
    'host.cpu.model.id': cpu.model,
    'host.cpu.stepping': cpu.stepping,
    'host.cpu.cache.l2.size': cpu.cache.l2,
    'os.name': os.distro,
    'os.version': os.release,
    'os.build_id': os.kernel,
    'os.description': `${os.distro} ${os.release}${os.codename && ` (${os.codename})`}`.trim(),
  }
  return Object.fromEntries(Object.entries(attributes).filter(([, value]) => Boolean(value)))
}
