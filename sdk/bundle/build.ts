/**
 * Writes the package's programs: few files, since each that a start loads costs it a third of a millisecond.
 *
 *     npm run build
 */
import { glob, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { build } from 'rolldown'

const SDK = join(import.meta.dirname, '..')

/** What others import, and what this package loads by its file's name. */
const ENTRIES = [
  'index',
  'register',
  'catalogue',
  'training-parts',
  'loader',
  'sender',
  'cli/main',
  'doctor/report-output',
]

const { output } = await build({
  cwd: SDK,
  input: Object.fromEntries(ENTRIES.map((name) => [name, `src/${name}.ts`])),
  platform: 'node',
  transform: { target: 'node22.15' },
  external: /^(node:|@opentelemetry\/)/,
  // all chunks lie beside each other: what code finds by its own address is where it would be unbundled
  output: { dir: 'dist', entryFileNames: '[name].js', chunkFileNames: 'chunk-[name].js' },
})

const written = new Set(output.map(({ fileName }) => join('dist', fileName)))
for await (const file of glob('dist/**/*.js', { cwd: SDK })) {
  if (!written.has(file)) await rm(join(SDK, file))
}
