import { execFile } from 'node:child_process'
import { readdir, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { buildStack, readProfile } from '@llmscope/stack'
import { expect, test } from 'vitest'
import { parse } from 'yaml'

interface Pipeline {
  receivers?: string[]
  processors?: string[]
  exporters?: string[]
}

interface Config {
  receivers?: Record<string, object>
  processors?: Record<string, object>
  connectors?: Record<string, object>
  exporters?: Record<string, object | null>
  extensions?: Record<string, object>
  service?: { pipelines?: Record<string, Pipeline>; extensions?: string[] }
}

const root = resolve(import.meta.dirname, '../../collector-config')
const profiles = (await readdir(join(root, 'profiles'))).map((file) => file.replace('.txt', ''))
const files = (await readdir(root, { recursive: true })).filter(
  (file) => file.endsWith('.yaml') && !file.startsWith('distribution'),
)
const configs = await Promise.all(
  files.map(async (file) => [file, await readConfig(join(root, file))] as const),
)
const binaries = await buildStack({ onProgress: (line) => process.stdout.write(`${line}\n`) })
const collector = [...binaries].find(([{ title }]) => title === 'Collector')?.[1] ?? ''
const manifest = await readFile(join(root, 'distribution/builder-config.yaml'), 'utf8')

const KINDS = ['receivers', 'processors', 'connectors', 'exporters', 'extensions'] as const

test.each(profiles)('the Collector accepts the profile %s', async (profile) => {
  const args = (await readProfile(profile)).map((file) => `--config=${file}`)
  await expect(otelcol('validate', ...args)).resolves.toBeDefined()
})

test('the base is valid without a backend', async () => {
  const base = ['receivers', 'service', 'hub'].map((name) => `--config=${root}/base/${name}.yaml`)
  await expect(otelcol('validate', ...base)).resolves.toBeDefined()
})

test('every file is part of a profile', async () => {
  const used = new Set((await Promise.all(profiles.map(readProfile))).flat())
  expect(files.filter((file) => !used.has(join(root, file)))).toEqual([])
})

test.each(configs)(
  '%s uses only components of the distribution, by their own names',
  async (_file, config) => {
    const { stdout } = await otelcol('components')
    const known = parse(stdout) as Record<(typeof KINDS)[number], { name: string }[]>
    for (const kind of KINDS) {
      const names = new Set(known[kind].map(({ name }) => name))
      const types = Object.keys(config[kind] ?? {}).map((id) => id.split('/')[0] ?? '')
      expect(types.filter((type) => !names.has(type))).toEqual([])
    }
  },
)

test('the distribution holds no component that no file uses', async () => {
  const { stdout } = await otelcol('components')
  const known = parse(stdout) as Record<(typeof KINDS)[number], { name: string }[]>
  for (const kind of KINDS) {
    const used = configs.flatMap(([, config]) => Object.keys(config[kind] ?? {}))
    const types = new Set(used.map((id) => id.split('/')[0]))
    expect(known[kind].map(({ name }) => name).filter((name) => !types.has(name))).toEqual([])
  }
})

test('the generated sources are those of the component list', async () => {
  const [goMod = '', sources = ''] = await Promise.all(
    ['go.mod', 'components.go'].map(async (file) =>
      readFile(join(root, 'distribution', file), 'utf8'),
    ),
  )
  const listed = [...manifest.matchAll(/gomod: (\S+ \S+)/g)].map(([, module = '']) => module)
  const required = [...goMod.matchAll(/^\t(\S+ \S+)$/gm)].map(([, module = '']) => module)
  expect(required).toEqual(expect.arrayContaining(listed))

  const generated = [...sources.matchAll(/Type\(\): +"([^"]+)"/g)].map(([, module = '']) => module)
  const components = listed.filter((module) => !/\/(provider|service)[ /]/.test(module))
  expect(generated.toSorted()).toEqual(components.toSorted())
})

test.each(configs)(
  'every exporter of %s has a queue with batches, and retries',
  (_file, config) => {
    const { nop: _nop, ...exporters } = config.exporters ?? {}
    for (const exporter of Object.values(exporters)) {
      expect(exporter).toMatchObject({
        retry_on_failure: { enabled: true },
        sending_queue: {
          enabled: true,
          storage: '${env:LLMSCOPE_QUEUE_STORAGE:-null}',
          batch: { min_size: expect.any(Number), max_size: expect.anything() },
        },
      })
    }
  },
)

test.each(profiles)(
  'in %s the memory limiter comes first, then credentials are masked',
  async (profile) => {
    const entries = Object.entries(await pipelinesOf(profile))
    const fromOutside = entries.filter(([, { receivers }]) => receivers?.includes('otlp'))
    expect(
      Object.fromEntries(fromOutside.map(([name, { processors }]) => [name, processors])),
    ).toEqual({
      'traces/in': ['memory_limiter', 'redaction/credentials'],
      'metrics/in': ['memory_limiter'],
      'logs/in': ['memory_limiter', 'redaction/credentials'],
    })
  },
)

test.each(profiles)('in %s nothing batches but the exporters', async (profile) => {
  const processors = Object.values(await pipelinesOf(profile)).flatMap((each) => each.processors)
  expect(processors.filter((id) => id?.startsWith('batch'))).toEqual([])
})

test.each(profiles)('no file of %s replaces a list of another one', async (profile) => {
  const lists = []
  for (const file of await readProfile(profile)) {
    for (const [name, pipeline] of Object.entries(await pipelinesIn(file))) {
      lists.push(...Object.keys(pipeline).map((key) => `${name}.${key}`))
    }
  }
  expect(lists).toEqual([...new Set(lists)])
})

async function otelcol(...args: string[]): Promise<{ stdout: string }> {
  return promisify(execFile)(collector, args, {
    env: {
      ...process.env,
      LLMSCOPE_VENDOR_ENDPOINT: 'http://127.0.0.1:9',
      LLMSCOPE_QUEUE_DIRECTORY: join(tmpdir(), 'llmscope-test-queue'),
    },
  })
}

async function readConfig(file: string): Promise<Config> {
  return parse(await readFile(file, 'utf8')) as Config
}

async function pipelinesIn(file: string): Promise<Record<string, Pipeline>> {
  return (await readConfig(file)).service?.pipelines ?? {}
}

/** The pipelines of a profile, each key from whichever file gives it. */
async function pipelinesOf(profile: string): Promise<Record<string, Pipeline>> {
  const all: Record<string, Pipeline> = {}
  for (const file of await readProfile(profile)) {
    for (const [name, pipeline] of Object.entries(await pipelinesIn(file))) {
      all[name] = { ...all[name], ...pipeline }
    }
  }
  return all
}
