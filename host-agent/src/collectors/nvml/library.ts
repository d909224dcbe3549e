import { Absent } from '../../absent.ts'
import type { Host } from '../../collector.ts'

const NAME = 'libnvidia-ml.so.1'
const FOLDERS = [
  '/usr/lib/x86_64-linux-gnu',
  '/usr/lib/aarch64-linux-gnu',
  '/usr/lib64',
  '/usr/lib',
  '/usr/lib/wsl/lib',
  '/run/nvidia/driver/usr/lib/x86_64-linux-gnu',
  '/run/nvidia/driver/usr/lib/aarch64-linux-gnu',
  '/home/kubernetes/bin/nvidia/lib64',
  '/usr/local/nvidia/lib64',
]

/**
 * Where the library may be, best first: what `NVML_LIB` names, else where the loader of the system
 * finds it, else the folders that drivers are installed in.
 */
export function candidates(): string[] {
  const { NVML_LIB: chosen } = process.env
  return chosen ? [chosen] : [NAME, ...FOLDERS.map((folder) => `${folder}/${NAME}`)]
}

/**
 * Whether there is an NVIDIA driver that a process would have something to ask.
 * @throws Absent where there is not.
 */
export async function seekDriver({ readFile }: Host): Promise<void> {
  if (process.env['NVML_LIB']) return
  const text = (path: string): Promise<string> => readFile(path).catch(() => '')
  if (await text('/proc/driver/nvidia/version')) return
  // Under WSL the driver is that of Windows.
  if (/microsoft/i.test(await text('/proc/version'))) return
  throw new Absent('there is no NVIDIA driver')
}
