import { readdirSync } from 'node:fs'
import { parse } from 'node:path'
import { expect, test } from 'vitest'
import { instrumented } from '../../sdk/src/instrumentations/frameworks.ts'

const folder = new URL('../../sdk/src/instrumentations/', import.meta.url)
const entries = readdirSync(folder, { withFileTypes: true })
  .filter(({ name }) => name !== 'index.ts' && name !== 'frameworks.ts')
  .map((entry) => (entry.isDirectory() ? `${entry.name}/index.ts` : entry.name))

test.each(entries)('what is in %s is on the list, under the name of its file', async (file) => {
  const module = (await import(new URL(file, folder).href)) as Record<string, unknown>
  const named = [module[parse(file.replace('/index', '')).name]].flat()
  expect(named).not.toEqual([undefined])
  expect(instrumented).toEqual(expect.arrayContaining(named))
})
