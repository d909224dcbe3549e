import { build } from 'esbuild'

const options = { bundle: true, minify: true, platform: 'node', target: 'node22' }
const esm = { ...options, format: 'esm', outdir: 'esm', outExtension: { '.js': '.mjs' } }
const cjs = { ...options, format: 'cjs', outdir: 'cjs', outExtension: { '.js': '.cjs' } }

// what OpenTelemetry's gRPC exporters need in a bundle of ES modules
const js = `import { createRequire } from 'node:module'; const require = createRequire(import.meta.url)`

const ours = ['ours.js', 'exit.js']
await build({ ...esm, entryPoints: ours })
await build({ ...cjs, entryPoints: ours })
await build({ ...esm, entryPoints: ['own.js'], banner: { js } })
