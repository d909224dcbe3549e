import { execFile } from 'node:child_process'
import { resolve } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { parse } from 'yaml'

const stack = resolve(import.meta.dirname, '../../stack')

test('the Compose file is one that the library of docker compose loads', async () => {
  const { stdout } = await load('compose.yaml')
  expect(Object.keys((parse(stdout) as { services: object }).services)).toEqual([
    'alertmanager',
    'collector',
    'grafana',
    'jaeger',
    'prometheus',
    'volumes',
  ])
})

test('and that library does refuse a file that is none', async () => {
  await expect(load('prometheus/prometheus.yml')).rejects.toThrow(
    /additional properties|not allowed/i,
  )
})

async function load(file: string): Promise<{ stdout: string }> {
  const cwd = resolve(stack, 'tools/compose')
  return promisify(execFile)('go', ['run', '.', resolve(stack, file)], { cwd })
}
