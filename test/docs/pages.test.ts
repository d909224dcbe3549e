import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { pages, withClients } from '../../docs/build.ts'

test.each(Object.entries(pages))(
  '%s is what the catalogues say: npm run docs makes it',
  async (file, page) => {
    const text = await readFile(new URL(`../../docs/${file}`, import.meta.url), 'utf8')
    expect(text).toBe(page())
  },
)

test("the README's table of clients is what the adapters say: npm run docs makes it", async () => {
  const text = await readFile(new URL('../../README.md', import.meta.url), 'utf8')
  expect(text).toContain('<!-- end of clients -->')
  expect(text).toBe(withClients(text))
})
