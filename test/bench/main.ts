/**
 * What the SDK costs and what the viewer takes: all parts, or those that are named. What begins with
 * `--` is for each of them.
 *
 *     npm run bench
 *     npm run bench -- calls redaction --client=openai --quick
 */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'

/** The program of each part, and what it is told to do. */
const PARTS: Readonly<Record<string, readonly [program: string, ...told: string[]]>> = {
  calls: ['sdk-overhead/main.ts', 'calls'],
  chunks: ['sdk-overhead/main.ts', 'chunks'],
  'first-chunks': ['sdk-overhead/main.ts', 'first-chunks'],
  redaction: ['redaction.ts'],
  startup: ['startup.ts'],
  training: ['training.ts'],
  memory: ['sdk-overhead/main.ts', 'memory'],
  viewer: ['viewer/main.ts'],
}

const args = process.argv.slice(2)
const options = args.filter((arg) => arg.startsWith('--'))
const named = args.filter((arg) => !arg.startsWith('--'))

for (const name of named.length > 0 ? named : Object.keys(PARTS)) {
  const part = PARTS[name]
  if (!part) throw new Error(`There is no part ${name}, only ${Object.keys(PARTS).join(', ')}`)
  const [program, ...told] = part
  const file = join(import.meta.dirname, program)
  const { status } = spawnSync(process.execPath, [file, ...told, ...options], { stdio: 'inherit' })
  if (status !== 0) process.exit(status ?? 1)
}
