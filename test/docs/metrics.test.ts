import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { metricsPage } from '../../docs/metrics.ts'

test('the page of metrics is what the catalogues say: npm run docs makes it', async () => {
  const page = await readFile(new URL('../../docs/metrics.md', import.meta.url), 'utf8')
  expect(page).toBe(metricsPage())
})
