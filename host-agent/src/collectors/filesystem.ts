import { Absent } from '../absent.ts'
import type { AttributeName } from '../attributes.ts'
import type { Collector, Host, PointAttributes, Sample, Space } from '../collector.ts'

type Name = 'system.filesystem.usage' | 'system.filesystem.utilization' | 'system.filesystem.limit'

// Answers come in milliseconds; a network filesystem whose server is gone never answers.
const PATIENCE_MS = 1000
const SILENCE_MS = 60_000
const REMOTE = /^(nfs|cifs|smb|fuse|ceph|9p|virtiofs|lustre|gluster|afs|beegfs|gpfs)/

const PSEUDO = new Set(
  `autofs binfmt_misc bpf cgroup cgroup2 configfs debugfs devpts devtmpfs efivarfs erofs
   fuse.gvfsd-fuse fuse.lxcfs fuse.portal fusectl hugetlbfs iso9660 mqueue nsfs overlay proc pstore
   ramfs rpc_pipefs securityfs selinuxfs squashfs sysfs tmpfs tracefs`.split(/\s+/),
)

const FILESYSTEM: readonly AttributeName[] = [
  'system.device.name',
  'system.filesystem.type',
  'system.filesystem.mode',
  'system.filesystem.mountpoint',
]

/** Space on each filesystem that holds files, network filesystems included. */
export const filesystem: Collector<Name> = {
  name: 'filesystem',
  metrics: {
    'system.filesystem.usage': {
      instrument: 'updowncounter',
      unit: 'By',
      description: 'Space in each state; `reserved` is for root.',
      attributes: [...FILESYSTEM, 'system.filesystem.state'],
    },
    'system.filesystem.utilization': {
      instrument: 'gauge',
      unit: '1',
      description: 'Fraction of the space in each state.',
      attributes: [...FILESYSTEM, 'system.filesystem.state'],
    },
    'system.filesystem.limit': {
      instrument: 'updowncounter',
      unit: 'By',
      description: 'Size of the filesystem.',
      attributes: FILESYSTEM,
    },
  },
  open: (host) => {
    const silent = new Map<string, { since: number; error: unknown }>()
    const ask = async ({ mountpoint, type }: Mount, signal: AbortSignal): Promise<Space> => {
      const last = silent.get(mountpoint)
      if (last && performance.now() - last.since < SILENCE_MS) throw last.error
      const patience = AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)])
      try {
        return await host.statfs(mountpoint, patience, REMOTE.test(type))
      } catch (error) {
        if (patience.aborted) silent.set(mountpoint, { since: performance.now(), error })
        throw error
      }
    }
    return async function* (signal) {
      const failures: string[] = []
      for (const mount of parseMounts(await readMounts(host))) {
        try {
          yield* samples(await ask(mount, signal), mount)
        } catch (error) {
          // The host's list may name mounts that a container cannot see.
          if (!(error instanceof Absent)) failures.push((error as Error).message)
        }
      }
      if (failures.length > 0) throw new Error(failures.join('; '))
    }
  },
}

// The mounts of the host rather than of a container, where the agent may look at them.
async function readMounts({ readFile }: Host): Promise<string> {
  try {
    return await readFile('/proc/1/mounts')
  } catch {
    return readFile('/proc/self/mounts')
  }
}

interface Mount {
  readonly device: string
  readonly mountpoint: string
  readonly type: string
  readonly mode: string
}

/** The first mount of each device that stores files, the remote ones last. */
export function parseMounts(text: string): Mount[] {
  const mounts = new Map<string, Mount>()
  for (const line of text.split('\n')) {
    const [device = '', mountpoint = '', type = '', options = ''] = line.split(' ').map(unescape)
    if (!mountpoint || PSEUDO.has(type) || mounts.has(device)) continue
    mounts.set(device, { device, mountpoint, type, mode: options.startsWith('ro') ? 'ro' : 'rw' })
  }
  const { local = [], remote = [] } = Object.groupBy(mounts.values(), ({ type }) =>
    REMOTE.test(type) ? 'remote' : 'local',
  )
  return [...local, ...remote]
}

// The kernel writes white space and backslashes in octal.
function unescape(field: string): string {
  return field.replace(/\\([0-7]{3})/g, (_match, octal: string) =>
    String.fromCharCode(Number.parseInt(octal, 8)),
  )
}

function* samples({ total, free, available }: Space, mount: Mount): Generator<Sample<Name>> {
  // Some mounts have no size, such as those of FUSE programs.
  if (total === 0) return
  const attributes: PointAttributes = {
    'system.device.name': mount.device,
    'system.filesystem.type': mount.type,
    'system.filesystem.mode': mount.mode,
    'system.filesystem.mountpoint': mount.mountpoint,
  }
  yield { metric: 'system.filesystem.limit', value: total, attributes }
  const states = { used: total - free, free: available, reserved: free - available }
  for (const [state, value] of Object.entries(states)) {
    const inState = { ...attributes, 'system.filesystem.state': state }
    yield { metric: 'system.filesystem.usage', value, attributes: inState }
    yield { metric: 'system.filesystem.utilization', value: value / total, attributes: inState }
  }
}
