import { afterEach, expect, test, vi } from 'vitest'
import { type Line, measure, values } from '../agent-process.ts'
import { FakeNvml, healthy } from './fake.ts'

vi.setConfig({ testTimeout: 60_000 })

const fakes: FakeNvml[] = []
afterEach(() => {
  for (const fake of fakes.splice(0)) fake.remove()
})

/** What the agent makes of a GPU with these processes. */
async function read(processes: readonly string[]): Promise<Line[]> {
  const fake = new FakeNvml(590, [...healthy(1), ...processes])
  fakes.push(fake)
  return (await measure(['--collectors', 'nvml'], fake.env)).lines
}

test('of 4,000 processes the fifty largest are told, and the rest in one sum', async () => {
  const none = 4_294_967_295
  const processes = Array.from(
    { length: 4000 },
    (_each, index) => `process 0 ${100_000 + index} ${(index + 1) * 1000} 1 ${none}`,
  )
  const lines = await read([...processes, `process 0 7 ${2 ** 40} 40 ${none}`])
  const memory = lines.filter(({ name }) => name === 'process.gpu.memory.usage')
  expect(memory).toHaveLength(51)
  expect(memory[0]).toMatchObject({ value: 2 ** 40, attributes: { 'process.pid': 7 } })
  const rest = memory.find(({ attributes }) => !('process.pid' in attributes))
  expect(rest?.value).toBe(((3951 * 3952) / 2) * 1000)
  expect(
    values(lines, 'process.gpu.utilization', { 'hw.gpu.task': 'general' }).length,
  ).toBeLessThan(51)
})

test('a process is told with its executable, its container and its pod', async () => {
  const lines = await read(['process 0 4242 1000000 40 4294967295'])
  expect(lines.find(({ name }) => name === 'process.gpu.memory.usage')).toMatchObject({
    value: 1_000_000,
    attributes: {
      'process.pid': 4242,
      'process.executable.name': 'python3',
      'container.id': '6f1e2d3c4b5a69788796a5b4c3d2e1f0'.repeat(2),
      'k8s.pod.uid': '4a1b2c3d-0000-4000-8000-0123456789ab',
    },
  })
})
