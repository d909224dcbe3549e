import { access, readFile } from 'node:fs/promises'
import { join, relative, resolve } from 'node:path'
import { readProfile } from '@llmscope/stack'
import { expect, test } from 'vitest'
import { parse } from 'yaml'

interface Service {
  image: string
  command?: string[]
  ports?: string[]
  volumes?: string[]
  environment?: Record<string, string>
  mem_limit?: string
  healthcheck?: object
}

const stack = resolve(import.meta.dirname, '../../stack')
const text = await readFile(join(stack, 'compose.yaml'), 'utf8')
const { services } = parse(text, { merge: true }) as { services: Record<string, Service> }
const all = Object.entries(services)
const servers = all.filter(([name]) => name !== 'volumes')

test.each(all)('%s has a pinned image', (_name, { image }) => {
  expect(image).toMatch(/^[a-z/-]+:v?\d+\.\d+\.\d+$/)
})

test.each(servers)('%s is reached from this machine alone', (_name, { ports = [] }) => {
  expect(ports.filter((port) => !port.startsWith('127.0.0.1:'))).toEqual([])
  expect(ports).not.toEqual([])
})

test.each(servers)('%s has a memory limit', (_name, { mem_limit: limit }) => {
  expect(limit).toMatch(/^\d+[mg]$/)
})

test.each(servers.filter(([name]) => name !== 'collector'))(
  '%s has a health check',
  (_name, { healthcheck }) => {
    expect(healthcheck).toMatchObject({ test: expect.arrayContaining(['wget']) })
  },
)

test.each(servers)('%s mounts only what is there', async (_name, { volumes = [] }) => {
  const sources = volumes.map((volume) => volume.split(':')[0] ?? '')
  for (const source of sources.filter((each) => each.startsWith('.'))) {
    await expect(access(join(stack, source))).resolves.toBeUndefined()
  }
})

test('no password is written down', () => {
  const names = all.flatMap(([, { environment = {} }]) => Object.keys(environment))
  expect(names.filter((name) => /PASSWORD|SECRET|TOKEN/.test(name))).toEqual([])
})

test('the Collector runs the compose profile', async () => {
  const root = resolve(stack, '../collector-config')
  const files = (await readProfile('compose')).map((file) => relative(root, file))
  expect(services['collector']?.command).toEqual(
    files.map((file) => `--config=/etc/llmscope/${file}`),
  )
})
