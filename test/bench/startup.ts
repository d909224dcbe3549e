/**
 * What `--import @llmscope/sdk/register` adds to the start of an application, beside what the
 * OpenTelemetry SDK alone adds: the time from the start of the process to the end of a program that
 * loads the client. All variants run in turn; tells the least and the median of them.
 *
 *     npm run bench
 */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

interface Variant {
  readonly name: string
  readonly options: readonly string[]
  readonly program: string
}

const RUNS = 25
const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const REGISTER = ['--import', '@llmscope/sdk/register']
const APPLICATION = `import 'openai'; process.exit(0)`
const WITH_SDK = `import { NodeSDK } from '@opentelemetry/sdk-node'; new NodeSDK().start(); ${APPLICATION}`

const VARIANTS: readonly Variant[] = [
  { name: 'bare', options: [], program: APPLICATION },
  { name: 'llmscope', options: REGISTER, program: APPLICATION },
  { name: 'NodeSDK', options: [], program: WITH_SDK },
  { name: 'llmscope and NodeSDK', options: REGISTER, program: WITH_SDK },
]

const samples = VARIANTS.map((): number[] => [])
for (let run = -1; run < RUNS; run += 1) {
  for (const [index, variant] of VARIANTS.entries()) {
    const milliseconds = timeOf(variant)
    if (run >= 0) samples[index]?.push(milliseconds)
  }
}

process.stdout.write(`\nStart of an application, of ${RUNS} runs the least and the median\n`)
const sorted = samples.map((values) => values.toSorted((a, b) => a - b))
for (const [index, { name }] of VARIANTS.entries()) {
  const [least = 0] = sorted[index] ?? []
  const median = sorted[index]?.[Math.floor(RUNS / 2)] ?? 0
  process.stdout.write(`  ${name.padEnd(36)} ${least.toFixed(0)} ms  ${median.toFixed(0)} ms\n`)
}

function timeOf({ options, program }: Variant): number {
  const started = performance.now()
  const args = [...options, '--input-type=module', '--eval', program]
  const { status, stderr } = spawnSync(process.execPath, args, { cwd: ROOT, encoding: 'utf8' })
  if (status !== 0) throw new Error(stderr)
  return performance.now() - started
}
