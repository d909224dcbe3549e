/** Writes the pages of reference from the catalogues and the adapters: `npm run docs`. */
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { attributesPage } from './attributes.ts'
import { clientPages, clientsTable } from './clients.ts'
import { metricsPage } from './metrics.ts'
import { spansPage } from './spans.ts'

/** Every page that is made, by its file. */
export const pages: Readonly<Record<string, () => string>> = {
  'attributes.md': attributesPage,
  'metrics.md': metricsPage,
  'spans.md': spansPage,
  ...clientPages,
}

const README: URL = new URL('../README.md', import.meta.url)
const CLIENTS = /(<!-- clients: .*? -->\n\n).*?(\n\n<!-- end of clients -->)/s

/** The README with the table of what is instrumented as the adapters have it. */
export function withClients(readme: string): string {
  return readme.replace(CLIENTS, (_, begin: string, end: string) => begin + clientsTable() + end)
}

if (import.meta.main) {
  await mkdir(new URL('clients/', import.meta.url), { recursive: true })
  for (const [file, page] of Object.entries(pages)) {
    await writeFile(new URL(file, import.meta.url), page())
  }
  await writeFile(README, withClients(await readFile(README, 'utf8')))
}
