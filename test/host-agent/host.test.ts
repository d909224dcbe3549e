import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { statfs } from 'node:fs/promises'
import { cpus, hostname, loadavg, tmpdir, totalmem, uptime } from 'node:os'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { LINUX, measure, run, values } from './agent-process.ts'

vi.setConfig({ testTimeout: 30_000 })
const HOST = ['--without', 'nvml,nvidia-smi']
const { lines: recorded, stderr: recordedStderr } = await measure(HOST)
const all = (name: string, attributes = {}): number[] => values(recorded, name, attributes)

test('the files of a host become points with the values that the files say', () => {
  expect(recordedStderr).toBe('')

  expect(all('system.cpu.time', { 'cpu.mode': 'user' })).toEqual([4100])
  expect(all('system.cpu.time', { 'cpu.mode': 'interrupt' })).toEqual([20])
  expect(all('system.cpu.time', { 'cpu.mode': 'idle' })).toEqual([34_000])
  expect(all('system.cpu.logical.count')).toEqual([4])
  // Nothing changes in a recording, so no time passed that could have been used.
  expect(all('system.cpu.utilization')).toEqual([])

  const kibi = 1024
  expect(all('system.memory.limit')).toEqual([65_806_116 * kibi])
  expect(all('system.memory.usage', { 'system.memory.state': 'cached' })).toEqual([
    (44_210_332 + 2_412_340) * kibi,
  ])
  expect(all('system.memory.usage').reduce((sum, value) => sum + value)).toBe(65_806_116 * kibi)
  expect(all('system.memory.linux.available')).toEqual([48_210_044 * kibi])
  expect(all('system.paging.utilization', { 'system.paging.state': 'used' })).toEqual([
    (8_388_604 - 6_291_452) / 8_388_604,
  ])

  expect(all('system.paging.faults', { 'system.paging.fault.type': 'major' })).toEqual([45_678])
  expect(all('system.paging.operations', { 'system.paging.direction': 'out' })).toEqual([5678])
  expect(all('system.cpu.load_average.5m')).toEqual([0.96])
  expect(all('system.uptime')).toEqual([12_345.67])
})

test('disks are counted whole, in bytes and seconds, without partitions and loop devices', () => {
  const devices = recorded
    .filter(({ name }) => name.startsWith('system.disk.'))
    .map(({ attributes }) => attributes['system.device.name'])
  expect(new Set(devices)).toEqual(new Set(['nvme0n1', 'sda', 'dm-0']))
  const nvme = { 'system.device.name': 'nvme0n1' }
  const read = { ...nvme, 'disk.io.direction': 'read' }
  const write = { ...nvme, 'disk.io.direction': 'write' }
  expect(all('system.disk.io', read)).toEqual([65_012_345 * 512])
  expect(all('system.disk.io', write)).toEqual([98_012_345 * 512])
  expect(all('system.disk.operations', write)).toEqual([1_912_345])
  expect(all('system.disk.merged', read)).toEqual([1234])
  expect(all('system.disk.operation_time', read)).toEqual([412.345])
  expect(all('system.disk.io_time', nvme)).toEqual([1812.345])
})

test('interfaces are counted without the loopback, also where a counter touches the name', () => {
  const receive = { 'network.io.direction': 'receive' }
  const transmit = { 'network.io.direction': 'transmit' }
  const eth0 = { 'network.interface.name': 'eth0' }
  expect(all('system.network.io', receive)).toEqual([81_234_567_890, 1_234_567])
  expect(all('system.network.io', { ...transmit, ...eth0 })).toEqual([41_234_567_890])
  expect(all('system.network.errors', { ...receive, ...eth0 })).toEqual([12])
  expect(all('system.network.packet.dropped', { ...transmit, ...eth0 })).toEqual([21])
  expect(all('system.network.packet.count', { ...transmit, 'system.device.name': 'ib0' })).toEqual([
    2000,
  ])
})

test('the interfaces are those of the host, where its first process can be seen', async () => {
  const root = mkdtempSync(join(tmpdir(), 'host-agent-'))
  cpSync(LINUX, root, { recursive: true })
  mkdirSync(join(root, 'proc/1/net'))
  writeFileSync(join(root, 'proc/1/net/dev'), 'bond0: 1 2 3 4 0 0 0 0 5 6 7 8 0 0 0 0\n')
  const { lines } = await measure(['--collectors', 'network'], {}, root)
  rmSync(root, { recursive: true })
  const io = lines.filter(({ name }) => name === 'system.network.io')
  expect(io.map(({ value, attributes }) => [attributes['network.interface.name'], value])).toEqual([
    ['bond0', 1],
    ['bond0', 5],
  ])
})

test('each device that stores files is told once, with the space that statfs says', async () => {
  const limits = recorded.filter(({ name }) => name === 'system.filesystem.limit')
  expect(limits.map(({ attributes }) => attributes)).toEqual([
    {
      'system.device.name': '/dev/nvme0n1p2',
      'system.filesystem.type': 'ext4',
      'system.filesystem.mode': 'rw',
      'system.filesystem.mountpoint': '/',
    },
    {
      'system.device.name': 'nas:/models',
      'system.filesystem.type': 'nfs4',
      'system.filesystem.mode': 'ro',
      'system.filesystem.mountpoint': '/etc',
    },
  ])
  const { blocks, bsize } = await statfs(LINUX)
  expect(limits.map(({ value }) => value)).toEqual([blocks * bsize, blocks * bsize])
  const root = { 'system.filesystem.mountpoint': '/' }
  const usage = all('system.filesystem.usage', root)
  expect(usage.reduce((sum, value) => sum + value)).toBe(blocks * bsize)
})

test('a network filesystem whose server is gone delays neither the points nor the end', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'host-agent-'))
  writeFileSync(join(folder, 'stat'), '#!/bin/sh\nexec sleep 600\n', { mode: 0o755 })
  const { lines, stderr } = await measure(['--collectors', 'filesystem'], {
    PATH: `${folder}:/usr/bin:/bin`,
  })
  rmSync(folder, { recursive: true })
  expect(values(lines, 'system.filesystem.limit')).toHaveLength(1)
  expect(values(lines, 'host_agent.collector.success')).toEqual([0])
  expect(stderr).toMatch(/filesystem: failed .*\/etc does not answer\n/)
})

test('the real host is measured as the operating system sees it', async () => {
  const before = uptime()
  const { lines, resource } = await measure(HOST, {}, '/')
  expect(values(lines, 'system.memory.limit')).toEqual([totalmem()])
  expect(values(lines, 'system.cpu.logical.count')).toEqual([cpus().length])
  expect(values(lines, 'system.uptime')[0]).toBeGreaterThan(before)
  expect(values(lines, 'system.uptime')[0]).toBeLessThan(uptime() + 0.1)
  expect(values(lines, 'system.cpu.load_average.15m')[0]).toBeCloseTo(loadavg()[2] ?? NaN, 0)
  const utilization = values(lines, 'system.cpu.utilization')
  expect(utilization).toHaveLength(7)
  expect(utilization.reduce((sum, value) => sum + value)).toBeCloseTo(1)
  expect(values(lines, 'process.memory.usage')[0]).toBeGreaterThan(2 ** 24)
  const successes = values(lines, 'host_agent.collector.success')
  // a kernel may have no pressure stall information, and no cgroups
  expect(successes.length).toBeGreaterThanOrEqual(9)
  expect(new Set(successes)).toEqual(new Set([1]))
  expect(resource).toMatchObject({
    'service.name': 'llmscope-host-agent',
    'service.instance.id': expect.stringMatching(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/),
    'host.name': hostname(),
    'host.cpu.model.name': expect.any(String),
    'os.type': 'linux',
    'os.description': expect.any(String),
  })
})

test('the resource is what the standard variables say, and the same after a restart', async () => {
  const variables = {
    OTEL_SERVICE_NAME: 'node-watch',
    OTEL_RESOURCE_ATTRIBUTES: 'deployment.environment.name=test,host.name=node-7',
  }
  const [first, second] = await Promise.all([
    measure(['--collectors', 'uptime'], variables),
    measure(['--collectors', 'uptime']),
  ])
  expect(first.resource).toMatchObject({
    'service.name': 'node-watch',
    'deployment.environment.name': 'test',
    'host.name': 'node-7',
    'host.id': '0123456789abcdef0123456789abcdef',
  })
  expect(second.resource['service.instance.id']).toBe(first.resource['service.instance.id'])
})

test('a second agent on one host can be told apart by an instance id of its own', async () => {
  const env = { OTEL_RESOURCE_ATTRIBUTES: 'service.instance.id=second' }
  const { resource } = await measure(['--collectors', 'uptime'], env)
  expect(resource['service.instance.id']).toBe('second')
  const { stdout } = await run(['--help'])
  expect(stdout).toContain('OTEL_RESOURCE_ATTRIBUTES=service.instance.id=<name>\n')
})

test('in a container, host and system are those that the files of the host name', async () => {
  const { resource } = await measure(['--collectors', 'uptime'])
  expect(resource).toMatchObject({
    'host.name': 'gpu-node-7',
    'os.name': 'Ubuntu',
    'os.version': '24.04',
    'os.description': 'Ubuntu 24.04.2 LTS',
  })
  const root = mkdtempSync(join(tmpdir(), 'host-agent-'))
  cpSync(LINUX, root, { recursive: true })
  writeFileSync(join(root, 'etc/hostname'), 'gpu-node-8\n')
  const other = await measure(['--collectors', 'uptime'], {}, root)
  rmSync(root, { recursive: true })
  expect(other.resource['host.name']).toBe('gpu-node-8')
  expect(other.resource['service.instance.id']).not.toBe(resource['service.instance.id'])
})

test('--once prints a line a point for people', async () => {
  const { stdout, code } = await run(['--once', '--host-root', LINUX, '--collectors', 'memory'])
  expect(code).toBe(0)
  expect(stdout).toContain('# service.name="llmscope-host-agent"\n')
  expect(stdout).toContain('\nsystem.memory.usage{system.memory.state="free"} 2113925120 By\n')
})

test('a host without the files of Linux is told so, a line a collector, and is no failure', async () => {
  const root = mkdtempSync(join(tmpdir(), 'host-agent-'))
  mkdirSync(join(root, 'proc'))
  const { lines, stderr } = await measure(['--collectors', 'cpu,self'], {}, root)
  rmSync(root, { recursive: true })
  expect(stderr).toBe(
    `host-agent: cpu: nothing to measure on this host: there is no ${root}/proc/stat\n`,
  )
  const names = lines.map(({ attributes }) => attributes['host_agent.collector.name'])
  expect(new Set(names.filter(Boolean))).toEqual(new Set(['self']))
})
