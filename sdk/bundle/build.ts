/**
 * Writes the package's programs: few files, since each that a start loads costs it a third of a millisecond.
 *
 *     npm run build
 */
import { glob, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { build, type InputOptions } from 'rolldown'

const SDK = join(import.meta.dirname, '..')

/** What others import, and what this package loads by its file's name. */
const ENTRIES = [
  'index',
  'register',
  'platform',
  'edge/index',
  'edge/platform',
  'catalogue',
  'training-parts',
  'loader',
  'sender',
  'cli/main',
  'doctor/report-output',
]

const EDGE = 'src/edge/index.ts'

const options: InputOptions = {
  cwd: SDK,
  // the same code runs where there is no Node.js
  platform: 'neutral',
  transform: { target: 'node22.15' },
  external: /^(node:|#|@opentelemetry\/)/,
}

/** What runs everywhere is one file: a start needs all of it, too. */
const shared = await build({ ...options, input: EDGE, write: false })
const everywhere = new Set(
  shared.output.flatMap((chunk) => ('moduleIds' in chunk ? chunk.moduleIds : [])),
)
everywhere.delete(join(SDK, EDGE))

const { output } = await build({
  ...options,
  input: Object.fromEntries(ENTRIES.map((name) => [name, `src/${name}.ts`])),
  // all chunks lie beside each other: what code finds by its own address is where it would be unbundled
  output: {
    dir: 'dist',
    entryFileNames: '[name].js',
    chunkFileNames: 'chunk-[name].js',
    codeSplitting: { groups: [{ name: 'core', test: (id) => everywhere.has(id) }] },
  },
})

const written = new Set(output.map(({ fileName }) => join('dist', fileName)))
for await (const file of glob('dist/**/*.js', { cwd: SDK })) {
  if (!written.has(file)) await rm(join(SDK, file))
}
