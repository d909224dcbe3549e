/** Writes the pages of reference from the catalogues: `npm run docs`. */
import { writeFile } from 'node:fs/promises'
import { attributesPage } from './attributes.ts'
import { metricsPage } from './metrics.ts'
import { spansPage } from './spans.ts'

/** Every page that is made, by its file. */
export const pages: Readonly<Record<string, () => string>> = {
  'attributes.md': attributesPage,
  'metrics.md': metricsPage,
  'spans.md': spansPage,
}

if (import.meta.main) {
  for (const [file, page] of Object.entries(pages)) {
    await writeFile(new URL(file, import.meta.url), page())
  }
}
