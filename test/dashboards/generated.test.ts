import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { generatedFiles } from '@llmscope/dashboards'
import { expect, test } from 'vitest'

const folder = join(import.meta.dirname, '../../dashboards')
const files = [...generatedFiles()]

test.each(files)('%s is what its sources make: run npm run dashboards', (path, content) => {
  expect(readFileSync(join(folder, path), 'utf8')).toBe(content)
})

test.each([
  'grafana',
  'rules',
  'alertmanager',
  'provisioning/datasources',
  'provisioning/dashboards',
])('%s holds nothing that the sources no longer make', (output) => {
  const committed = readdirSync(join(folder, output), { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => `${output}/${name}`)
  const made = files.map(([path]) => path).filter((path) => path.startsWith(`${output}/`))
  expect(committed.toSorted()).toEqual(made.toSorted())
})
