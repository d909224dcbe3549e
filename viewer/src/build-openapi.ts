/** Writes the OpenAPI document: `npm run docs`. */
import { readFileSync, writeFileSync } from 'node:fs'
import { openApi } from './server/openapi.ts'

const { version } = JSON.parse(
  readFileSync(new URL('../package.json', import.meta.url), 'utf8'),
) as { readonly version: string }

writeFileSync(
  new URL('../openapi.json', import.meta.url),
  `${JSON.stringify(openApi(version), undefined, 2)}\n`,
)
