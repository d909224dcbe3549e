import { readdirSync } from 'node:fs'
import { parse } from 'node:path'
import { expect, test } from 'vitest'
import { adapters } from '../../sdk/src/instrumentations/index.ts'

const folder = new URL('../../sdk/src/instrumentations/', import.meta.url)
const entries = readdirSync(folder, { withFileTypes: true })
  .filter(({ name }) => name !== 'index.ts')
  .map((entry) => (entry.isDirectory() ? `${entry.name}/index.ts` : entry.name))

test.each(entries)('the adapter in %s is on the list, under the name of its file', async (file) => {
  const module = (await import(new URL(file, folder).href)) as Record<string, unknown>
  expect(adapters).toContain(module[parse(file.replace('/index', '')).name])
})
