import { readdirSync, readFileSync } from 'node:fs'
import * as entry from '@llmscope/host-agent'
import { attributes as known, catalogue, resource } from '@llmscope/host-agent/catalogue'
import * as stableConventions from '@opentelemetry/semantic-conventions'
import * as conventions from '@opentelemetry/semantic-conventions/incubating'
import { expect, test, vi } from 'vitest'
import { collectors } from '../../host-agent/src/collectors/index.ts'
import { receivers } from '../../host-agent/src/receivers/index.ts'
import { measure, recording } from './agent-process.ts'
import { FakeNvml, healthy } from './nvml/fake.ts'

vi.setConfig({ testTimeout: 90_000 })

const folder = (path: string): string[] =>
  readdirSync(new URL(path, import.meta.url)).map((name) => name.replace(/\.\w+$/, ''))
const byName = new Map(catalogue.map((metric) => [metric.name, metric]))
const spellings = new Set<unknown>(
  Object.entries(conventions)
    .filter(([key]) => /^(ATTR|METRIC)_/.test(key))
    .map(([, value]) => value),
)

test('an application is offered to run the agent, and nothing that only the agent can use', () => {
  expect(Object.keys(entry)).toEqual(['startAgent'])
})

test('the list names every file of the folder, by the name of its collector', () => {
  const files = folder('../../host-agent/src/collectors').filter((name) => name !== 'index')
  expect(collectors.map(({ name }) => name).toSorted()).toEqual(files.toSorted())
})

test('the list of receivers names every folder of theirs', () => {
  const files = folder('../../host-agent/src/receivers')
  const shared = new Set(['index', 'receiver', 'settings', 'files'])
  const own = files.filter((name) => !shared.has(name))
  expect(receivers.map(({ name }) => name).toSorted()).toEqual(own.toSorted())
})

test('the README names every collector and every metric', () => {
  const text = readFileSync(new URL('../../host-agent/README.md', import.meta.url), 'utf8')
  const named = new Set<string>()
  let beginnings: string[] = []
  for (const [, words = ''] of text.matchAll(/`([^`\n]+)`/g)) {
    // `.usage` goes on where the metric before it can be cut.
    for (const beginning of words.startsWith('.') ? beginnings : ['']) named.add(beginning + words)
    if (!byName.has(words)) continue
    beginnings = [...words.matchAll(/\./g)].map(({ index }) => words.slice(0, index))
  }
  const options = receivers.map(({ name, argument }) => ({ name: `--${name} ${argument}` }))
  const expected = [...collectors, ...catalogue, ...options].map(({ name }) => name)
  expect(expected.filter((name) => !named.has(name))).toEqual([])
})

test('a name has one meaning, whichever collector says it', () => {
  expect(byName.size).toBe(catalogue.length)
  for (const { metrics } of collectors) {
    for (const [name, metric] of Object.entries(metrics))
      expect(byName.get(name)).toMatchObject({ name, ...metric })
  }
})

test.each(catalogue)('$name has a base unit and a meaning', ({ name, unit, description }) => {
  expect(name).toMatch(/^(system|process|container|hw|gpu|host_agent|training)(\.[a-z0-9_]+)+$/)
  expect(unit).toMatch(/^(1|s|By|W|J|Hz|Cel|rpm|\{[a-z]+\})$/)
  expect(description).toMatch(/^[A-Z].*\.$/)
})

test('what is not ours is spelled as the conventions spell it', () => {
  const ours =
    /^(gpu|host_agent|process\.gpu|training\.run)\.|^system\.(cpu\.load_average|linux\.pressure)\.|^container\.(cpu\.throttled|memory\.oom_kills|process)/
  const names = [...catalogue.map(({ name }) => name), ...Object.keys({ ...known, ...resource })]
  const unknown = names.filter((name) => !ours.test(name) && !spellings.has(name))
  expect(unknown).toEqual([])
})

test('a name is as stable as the conventions say', () => {
  const stable = new Set<unknown>(Object.values(stableConventions))
  const differing = Object.entries({ ...known, ...resource }).filter(
    ([name, { stability }]) => (stability === 'stable') !== stable.has(name),
  )
  expect(differing).toEqual([])
})

/** What only comes when something happens: driver.test.ts, delivery.test.ts and processes.test.ts have it. */
const EVENTFUL = [
  'gpu.xid.events',
  'gpu.xid.code',
  'gpu.xid.severity',
  'host_agent.driver.call',
  'training.run.process',
  'training.run.id',
  'training.run.name',
  'host_agent.queue.batches',
  'host_agent.queue.size',
  'host_agent.queue.lost',
  'host_agent.export.failures',
  'host_agent.signal',
  'host_agent.loss.reason',
]

/** A GPU with fans and processes, beside one with an instance of MIG. */
const NVML = [
  ...healthy(2),
  'set 0 fans 1',
  'set 0 fan 40',
  'set 0 rpm 1800',
  'process 0 4242 1000000 40 4294967295',
  'set 1 mig 1',
  'set 1 mig.max 1',
  'text 1 mig.name NVIDIA H100 80GB HBM3 MIG 1g.10gb',
  'mig 1 0 MIG-a 7 0 1000000',
]

test('every point is in the catalogue with all its attributes, and everything there is sent', async () => {
  const recordings = folder('../fixtures/host-agent/nvidia-smi')
  const fake = new FakeNvml(590, NVML)
  const [real, ...recorded] = await Promise.all([
    measure([], {}, '/'),
    measure(['--collectors', 'nvml'], fake.env),
    ...recordings.map((name) =>
      measure(['--without', 'cpu'], { NVIDIA_SMI_RECORDING: recording(name) }),
    ),
  ])
  fake.remove()
  const lines = [real, ...recorded].flatMap((each) => each.lines)
  const told = new Set<string>()
  for (const { name, unit, value, attributes } of lines) {
    const declared = byName.get(name)
    expect({ name, unit }).toEqual({ name: declared?.name, unit: declared?.unit })
    const undeclared = Object.keys(attributes).filter(
      (key) => !declared?.attributes.some((allowed) => allowed === key),
    )
    expect({ name, undeclared }).toEqual({ name, undeclared: [] })
    expect(value).toBeTypeOf('number')
    for (const [key, text] of Object.entries(attributes)) {
      told.add(key)
      const { values = [text] } = known[key as keyof typeof known]
      expect({ key, values }).toEqual({ key, values: expect.arrayContaining([text]) })
    }
  }
  const sent = new Set([...EVENTFUL, ...lines.map(({ name }) => name)])
  for (const name of EVENTFUL) told.add(name)
  expect(catalogue.map(({ name }) => name).filter((name) => !sent.has(name))).toEqual([])
  expect(Object.keys(known).filter((name) => !told.has(name))).toEqual([])
})

test('the resource is described by what the catalogue has of it, and by all of that', async () => {
  const { resource: described } = await measure([])
  const types = Object.entries(described).map(([name, value]) => [
    name,
    typeof value === 'number' ? 'int' : typeof value,
  ])
  const declared = Object.entries(resource).map(([name, { type }]) => [name, type])
  expect(Object.fromEntries(types)).toEqual(Object.fromEntries(declared))
})
