import type { AttributeName } from '@llmscope/host-agent/catalogue'
import { expect, test } from 'vitest'
import { Absent } from '../../host-agent/src/absent.ts'
import type { Host, Sample } from '../../host-agent/src/collector.ts'
import { collectors } from '../../host-agent/src/collectors/index.ts'

const NOTHING: Host = {
  readFile: async (path) => Promise.reject(new Absent(path)),
  readFolder: async (path) => Promise.reject(new Absent(path)),
  exec: async (command) => Promise.reject(new Absent(command)),
  statfs: async (path) => Promise.reject(new Absent(path)),
  doing: () => {},
  note: () => {},
}
const { signal } = new AbortController()

/** Opens a collector on a host whose answers the test decides. */
function open(name: string, host: Partial<Host>): (samples?: Sample[]) => Promise<Sample[]> {
  const collect = collectors.find((each) => each.name === name)?.open({ ...NOTHING, ...host })
  if (!collect) throw new Error(`there is no collector ${name}`)
  return async (samples = []) => {
    for await (const each of collect(signal)) if ('metric' in each) samples.push(each)
    return samples
  }
}

const of = (
  samples: readonly Sample[],
  metric: string,
  key?: AttributeName,
  value?: string,
): number[] =>
  samples
    .filter((sample) => sample.metric === metric)
    .filter((sample) => key === undefined || sample.attributes?.[key] === value)
    .map((sample) => sample.value)

const stat = (ticks: string, cpus = 1): string =>
  [`cpu  ${ticks}`, ...Array.from({ length: cpus }, (_each, index) => `cpu${index} ${ticks}`)].join(
    '\n',
  )

test('utilization is the share of the time that passed, by the kernel’s own clock', async () => {
  const files = [stat('1000 0 500 8000 0 0 0 0 0 0'), stat('1100 0 550 8250 0 0 0 0 0 0')]
  const collect = open('cpu', { readFile: async () => files.shift() ?? '' })
  expect(of(await collect(), 'system.cpu.utilization')).toEqual([])
  const samples = await collect()
  expect(of(samples, 'system.cpu.utilization', 'cpu.mode', 'user')).toEqual([0.25])
  expect(of(samples, 'system.cpu.utilization', 'cpu.mode', 'system')).toEqual([0.125])
  expect(of(samples, 'system.cpu.utilization', 'cpu.mode', 'idle')).toEqual([0.625])
})

test('a CPU that is plugged in, and counters that go back, give no absurd utilization', async () => {
  const files = [
    stat('1000 0 500 8000 100 0 0 0 0 0', 2),
    stat('1100 0 500 8100 98 0 0 0 0 0', 3),
    stat('10 0 5 20 0 0 0 0 0 0', 3),
    stat('20 0 5 30 0 0 0 0 0 0', 3),
  ]
  const collect = open('cpu', { readFile: async () => files.shift() ?? '' })
  await collect()

  const plugged = await collect()
  expect(of(plugged, 'system.cpu.logical.count')).toEqual([3])
  expect(of(plugged, 'system.cpu.utilization', 'cpu.mode', 'iowait')).toEqual([0])
  expect(of(plugged, 'system.cpu.time', 'cpu.mode', 'iowait')).toEqual([1])
  expect(of(plugged, 'system.cpu.utilization', 'cpu.mode', 'user')).toEqual([0.5])

  const anew = await collect()
  expect(of(anew, 'system.cpu.utilization')).toEqual([])
  expect(of(anew, 'system.cpu.time', 'cpu.mode', 'user')).toEqual([0.1])

  const [user] = of(await collect(), 'system.cpu.utilization', 'cpu.mode', 'user')
  expect(user).toBeCloseTo(0.5)
})

test('minor faults hold where a major one is counted before its total, and can begin anew', async () => {
  const counts = [
    [250_000, 10],
    [250_000, 13],
    [250_020, 13],
    [90, 10],
  ]
  const collect = open('paging', {
    readFile: async (path) => {
      if (path !== '/proc/vmstat') return ''
      const [all, major] = counts.shift() ?? []
      return `pgfault ${all}\npgmajfault ${major}\n`
    },
  })
  const minor: number[] = []
  while (counts.length > 0)
    minor.push(...of(await collect(), 'system.paging.faults', 'system.paging.fault.type', 'minor'))
  expect(minor).toEqual([249_990, 249_990, 250_007, 80])
})

test('interfaces that come and go with containers are not counted, all others are', async () => {
  const counted = [
    'eth0',
    'eni0',
    'docker0',
    'lxcbr0',
    'cni0',
    'cilium_host',
    'vxlan.calico',
    'wg0',
  ]
  const pairs = [
    'veth1a2b3c4',
    'vethwepl0a1b2c3',
    'cali0123456789a',
    'lxc0123456789ab',
    'lxc_health',
  ]
  const cloud = ['eni0123456789a', 'gke0123456789a', 'azv0123456789a']
  const rows = [...counted, ...pairs, ...cloud].map(
    (name) => `${name}: 1 2 3 4 0 0 0 0 5 6 7 8 0 0 0 0`,
  )
  const samples = await open('network', { readFile: async () => rows.join('\n') })()
  const names = samples
    .filter(({ metric }) => metric === 'system.network.io')
    .map(({ attributes }) => attributes?.['network.interface.name'])
  expect([...new Set(names)]).toEqual(counted)
})

test('a mount that never answers comes last, is named, and is left alone for a while', async () => {
  const mounts = [
    'nas:/gone /mnt/gone nfs4 rw 0 0',
    String.raw`/dev/sdb1 /media/my\040disk ext4 ro 0 0`,
    '/dev/sdb1 /media/again ext4 ro 0 0',
    'tmpfs /run tmpfs rw 0 0',
    '/dev/sdc1 /not/in/this/container ext4 rw 0 0',
  ]
  const asked: [string, boolean][] = []
  const collect = open('filesystem', {
    readFile: async (path) =>
      path === '/proc/self/mounts' ? mounts.join('\n') : NOTHING.readFile(path),
    statfs: async (path, late, apart) => {
      asked.push([path, apart])
      if (path.startsWith('/not')) throw new Absent(path)
      if (path !== '/mnt/gone') return { total: 1000, free: 300, available: 250 }
      return new Promise((_resolve, reject) => {
        late.addEventListener('abort', () => reject(new Error(`${path} does not answer`)))
      })
    },
  })
  const used = ['system.filesystem.state', 'used'] as const
  for (const round of ['first', 'second']) {
    const samples: Sample[] = []
    await expect(collect(samples)).rejects.toThrow(/^\/mnt\/gone does not answer$/)
    expect(of(samples, 'system.filesystem.usage', ...used)).toEqual([700])
    expect(of(samples, 'system.filesystem.utilization', ...used)).toEqual([0.7])
    expect(of(samples, 'system.filesystem.limit')).toEqual([1000])
    const local = [
      ['/media/my disk', false],
      ['/not/in/this/container', false],
    ]
    expect(asked.splice(0)).toEqual(round === 'first' ? [...local, ['/mnt/gone', true]] : local)
  }
})

/** The row of an idle GPU, in the order that the query asks for. */
const cells = (query: string, uuid: string): string =>
  query
    .replace('--query-gpu=', '')
    .split(',')
    .map((field) => ({ uuid, 'memory.total': '16376', 'power.draw': '20.5' })[field] ?? 'N/A')
    .join(', ')

/** The GPUs that are told to have failed. */
const failed = (samples: readonly Sample[]): unknown[] =>
  samples
    .filter(({ metric, value }) => metric === 'hw.status' && value === 1)
    .filter(({ attributes }) => attributes?.['hw.state'] === 'failed')
    .map(({ attributes }) => attributes?.['hw.id'])

test('a GPU that is no longer listed is failed, until it is back', async () => {
  const listed = [['GPU-a', 'GPU-b'], ['GPU-b'], ['GPU-a', 'GPU-b']]
  const collect = open('nvidia-smi', {
    exec: async (_command, [query = '']) => ({
      stdout: (listed.shift() ?? []).map((uuid) => cells(query, uuid)).join('\n'),
      stderr: '',
      status: 0,
    }),
  })
  expect(failed(await collect())).toEqual([])
  const without = await collect()
  expect(failed(without)).toEqual(['GPU-a'])
  expect(of(without, 'hw.power')).toEqual([20.5])
  expect(failed(await collect())).toEqual([])
})

test('a field that the driver lacks is dropped once, and asked for again after an upgrade', async () => {
  const queries: string[] = []
  let driver = '470.10'
  const collect = open('nvidia-smi', {
    exec: async (_command, [query = '']) => {
      queries.push(query)
      const fields = query.replace('--query-gpu=', '').split(',')
      if (driver === '470.10' && fields.includes('utilization.ofa'))
        return {
          stdout: 'Field "utilization.ofa" is not a valid field to query.\n\n',
          stderr: '',
          status: 2,
        }
      const row = fields.map((field) => ({ uuid: 'GPU-a', driver_version: driver })[field] ?? '1')
      return { stdout: row.join(', '), stderr: '', status: 0 }
    },
  })
  const asksForOfa = async (): Promise<boolean[]> => {
    queries.length = 0
    await collect()
    return queries.map((query) => query.includes('utilization.ofa'))
  }
  expect(await asksForOfa()).toEqual([true, false])
  expect(await asksForOfa()).toEqual([false])
  driver = '590.48'
  expect(await asksForOfa()).toEqual([false])
  expect(await asksForOfa()).toEqual([true])
})
