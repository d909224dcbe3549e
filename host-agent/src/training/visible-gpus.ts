import type { Host } from '../collector.ts'

const VARIABLE = 'CUDA_VISIBLE_DEVICES'
const DRIVER = '/proc/driver/nvidia/gpus'

/**
 * UUIDs of the GPUs that a process may use, as its environment says; all of the host where it says nothing, and none
 * where nobody may read it or there is no driver.
 */
export async function visibleGpus(host: Host, pid: number): Promise<readonly string[]> {
  const environment = await host.readFile(`/proc/${pid}/environ`).catch(() => undefined)
  if (environment === undefined) return []
  const all = await gpusOf(host)
  const value = valueOf(environment)
  if (value === undefined) return all
  const visible: string[] = []
  for (const name of value.split(',').map((each) => each.trim())) {
    const gpu = gpuOf(name, all)
    // CUDA itself stops at the first one that is not there
    if (gpu === undefined) break
    visible.push(gpu)
  }
  return visible
}

function valueOf(environment: string): string | undefined {
  const prefix = `${VARIABLE}=`
  const line = environment.split('\0').find((each) => each.startsWith(prefix))
  return line?.slice(prefix.length)
}

// a UUID may be cut short, as long as it is clear which one it is; a part of a GPU has a name of its own
function gpuOf(name: string, all: readonly string[]): string | undefined {
  if (/^\d+$/.test(name)) return all[Number(name)]
  if (name.startsWith('MIG-')) return name
  if (!name.startsWith('GPU-')) return undefined
  return all.find((uuid) => uuid.startsWith(name)) ?? name
}

/** UUIDs in the order of the PCI bus, which is that of the driver's numbers. */
async function gpusOf(host: Host): Promise<string[]> {
  const addresses = await host.readFolder(DRIVER).catch((): string[] => [])
  const texts = await Promise.all(
    addresses
      .toSorted()
      .map((address) => host.readFile(`${DRIVER}/${address}/information`).catch(() => '')),
  )
  return texts.flatMap((text) => /GPU UUID:\s*(GPU-[\da-f-]+)/i.exec(text)?.[1] ?? [])
}
