import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test, vi } from 'vitest'
import { LINUX, type Line, measure, values } from './agent-process.ts'

vi.setConfig({ testTimeout: 60_000 })

const ID = '6f1e2d3c4b5a69788796a5b4c3d2e1f06f1e2d3c4b5a69788796a5b4c3d2e1f0'
const OTHER = ID.replaceAll('6', 'a')
const POD = '4a1b2c3d-0000-4000-8000-0123456789ab'
const ONLY = ['--collectors', 'containers']

const roots: string[] = []
afterEach(() => {
  for (const root of roots.splice(0)) rmSync(root, { recursive: true })
})

/** The recorded host without its cgroups, and with these files instead. */
function hostWith(files: Readonly<Record<string, string>>): string {
  const root = mkdtempSync(join(tmpdir(), 'host-agent-containers-'))
  roots.push(root)
  cpSync(join(LINUX, 'proc'), join(root, 'proc'), { recursive: true })
  for (const [file, text] of Object.entries(files)) {
    const path = join(root, 'sys/fs/cgroup', file)
    mkdirSync(join(path, '..'), { recursive: true })
    writeFileSync(path, text)
  }
  return root
}

/** What the container of an id used, by metric, with the attributes that tell points apart. */
function usage(lines: readonly Line[], id: string): Record<string, number> {
  const own = lines.filter(({ attributes }) => attributes['container.id'] === id)
  return Object.fromEntries(
    own.map(({ name, value, attributes }) => {
      const { 'container.id': _, 'k8s.pod.uid': __, ...rest } = attributes
      return [[name.replace('container.', ''), ...Object.values(rest)].join(' '), value]
    }),
  )
}

test('a container has what its cgroup and its first process tell', async () => {
  const { lines, stderr } = await measure(ONLY)
  expect(stderr).toBe('')
  expect(usage(lines, ID)).toEqual({
    'cpu.time user': 4,
    'cpu.time system': 1,
    'cpu.throttled.time': 0.25,
    'memory.usage': 2 ** 31,
    'memory.rss': 1_610_612_736,
    'memory.working_set': 2 ** 31 - 2 ** 28,
    'memory.available': 2 ** 31,
    'memory.oom_kills': 1,
    'paging.faults major': 12,
    'paging.faults minor': 4988,
    'disk.io read': 1010,
    'disk.io write': 2020,
    'network.io receive': 7000,
    'network.io transmit': 9000,
    'process.count': 17,
    uptime: expect.closeTo(12_345.67 - 9876.54, 2),
  })
  expect(lines.find(({ name }) => name === 'container.cpu.time')?.attributes).toMatchObject({
    'container.id': ID,
    'k8s.pod.uid': POD,
  })
})

test('cgroups of version 1 tell the same; what has no limit, and what is not told, is no point', async () => {
  const path = `docker/${OTHER}`
  const root = hostWith({
    [`memory/${path}/cgroup.procs`]: '4242\n',
    [`memory/${path}/memory.usage_in_bytes`]: '1000\n',
    [`memory/${path}/memory.limit_in_bytes`]: '9223372036854771712\n',
    [`memory/${path}/memory.stat`]:
      'cache 1\ntotal_rss 600\ntotal_inactive_file 100\ntotal_pgfault 9\ntotal_pgmajfault 2\n',
    [`memory/${path}/memory.oom_control`]: 'oom_kill_disable 0\nunder_oom 0\noom_kill 3\n',
    [`cpuacct/${path}/cpuacct.stat`]: 'user 150\nsystem 50\n',
    [`cpu/${path}/cpu.stat`]: 'nr_periods 1\nnr_throttled 1\nthrottled_time 2000000000\n',
    [`blkio/${path}/blkio.throttle.io_service_bytes`]:
      '8:0 Read 10\n8:0 Write 20\n8:0 Total 30\n9:0 Read 1\nTotal 31\n',
  })
  const { lines } = await measure(ONLY, {}, root)
  expect(usage(lines, OTHER)).toEqual({
    'cpu.time user': 1.5,
    'cpu.time system': 0.5,
    'cpu.throttled.time': 2,
    'memory.usage': 1000,
    'memory.rss': 600,
    'memory.working_set': 900,
    'memory.oom_kills': 3,
    'paging.faults major': 2,
    'paging.faults minor': 7,
    'disk.io read': 11,
    'disk.io write': 20,
    'network.io receive': 7000,
    'network.io transmit': 9000,
    uptime: expect.closeTo(12_345.67 - 9876.54, 2),
  })
})

const procs = (path: string, text = '4242\n'): Record<string, string> => ({
  [`${path}/cgroup.procs`]: text,
  [`${path}/memory.current`]: '1\n',
})

test('every runtime names its containers; what watches one, and one that has ended, is none', async () => {
  const ids = Array.from({ length: 7 }, (_, digit) => String(digit).repeat(64))
  const [docker, podman, crio, conmon, containerd, nested, ended] = ids
  const root = hostWith({
    'cgroup.controllers': 'memory\n',
    ...procs(`system.slice/docker-${docker}.scope`),
    ...procs(`machine.slice/libpod-${podman}.scope`),
    ...procs(`kubepods.slice/crio-${crio}.scope`),
    ...procs(`kubepods.slice/crio-conmon-${conmon}.scope`),
    ...procs(`kubepods/besteffort/pod${POD}/${containerd}`),
    ...procs(`system.slice/docker-${docker}.scope/docker/${nested}`),
    ...procs(`docker/${ended}`, ''),
  })
  const { lines } = await measure(ONLY, {}, root)
  const told = lines
    .filter(({ name }) => name === 'container.memory.usage')
    .map(({ attributes }) => attributes['container.id'])
  expect(new Set(told)).toEqual(new Set([docker, podman, crio, containerd]))
})

test('a host without cgroups says so in a line', async () => {
  const { lines, stderr } = await measure([...ONLY], {}, hostWith({}))
  expect(values(lines, 'host_agent.collector.success')).toEqual([])
  expect(stderr).toMatch(
    /^host-agent: containers: nothing to measure on this host: there is no .*\n$/,
  )
})

test('the pressure on a resource is the seconds in which work waited for it', async () => {
  const { lines } = await measure(['--collectors', 'pressure'])
  const of = (share: string, resource: string): number[] =>
    values(lines, `system.linux.pressure.${share}`, { 'system.linux.pressure.resource': resource })
  expect(of('some', 'cpu')).toEqual([12.345678])
  expect(of('full', 'memory')).toEqual([1.5])
  expect(of('some', 'io')).toEqual([0.7])
})
