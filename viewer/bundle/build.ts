/**
 * Writes the page: one script, one style sheet and the document.
 *
 *     npm run build
 */
import { copyFile, readFile, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { build } from 'rolldown'

const PAGE = join(import.meta.dirname, '../src/page')
const TARGET = join(import.meta.dirname, '../dist/page')
const require = createRequire(import.meta.url)

await build({
  input: { page: join(PAGE, 'main.tsx') },
  platform: 'browser',
  transform: { target: 'es2023' },
  tsconfig: join(PAGE, 'tsconfig.json'),
  output: { dir: TARGET, entryFileNames: '[name].js', minify: true },
})
await copyFile(join(PAGE, 'index.html'), join(TARGET, 'index.html'))
const sheets = [require.resolve('uplot/dist/uPlot.min.css'), join(PAGE, 'page.css')]
const styles = await Promise.all(sheets.map((sheet) => readFile(sheet, 'utf8')))
await writeFile(join(TARGET, 'page.css'), styles.join('\n'))
