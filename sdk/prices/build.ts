/** Makes the price table of the SDK from `@pydantic/genai-prices`: `npm run prices`. */
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { findProvider } from '@pydantic/genai-prices'
import { compactModel } from './compact.ts'
import { PROVIDERS } from './providers.ts'

const TABLE = new URL('../src/prices/table.ts', import.meta.url)

/** The text of the table; `date` is the day on which its source was published. */
export function priceTable(date: string): string {
  const { name, version } = source()
  const providers = PROVIDERS.map((id) => {
    const provider = findProvider({ providerId: id })
    if (!provider) throw new Error(`genai-prices has no provider ${id} any more`)
    const { models, fallback_model_providers: others = [] } = provider
    const known = others.filter((other) => PROVIDERS.some((one) => one === other))
    const lines = [JSON.stringify(known), ...models.map(compactModel)]
    return `  '${id}': String.raw\`[\n${lines.join(',\n')}\n]\`,\n`
  })
  return [
    `// Made by \`npm run prices\` from @pydantic/genai-prices (MIT). \`read-table.ts\` tells its format.`,
    '',
    `export const SOURCE = '${name} ${version}'`,
    '',
    '/** The day on which that was published. */',
    `export const DATE = '${date}'`,
    '',
    'export const PROVIDERS: Readonly<Record<string, string>> = {',
    `${providers.join('')}}`,
    '',
  ].join('\n')
}

/** Name and version of what the table is made from. */
function source(): { readonly name: string; readonly version: string } {
  const path = createRequire(import.meta.url).resolve('@pydantic/genai-prices')
  const manifest = readFileSync(path.replace(/dist[\\/].*$/, 'package.json'), 'utf8')
  return JSON.parse(manifest) as { name: string; version: string }
}

// the package does not tell when it was published, the registry does
function published(): string {
  const { name, version } = source()
  const answer = execFileSync('npm', ['view', name, 'time', '--json'], { encoding: 'utf8' })
  const times = JSON.parse(answer) as Readonly<Record<string, string>>
  const time = times[version]
  if (!time) throw new Error(`npm does not know when ${name} ${version} was published`)
  return time.slice(0, 10)
}

if (import.meta.main) writeFileSync(TABLE, priceTable(published()))
