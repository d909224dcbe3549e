/**
 * What `--import @llmscope/sdk/register` adds to the start of an application, beside what the
 * OpenTelemetry SDK alone adds: the time from the start of the process to the end of a program that
 * loads the client, and the memory that the process then has. All variants run in turn, so that a
 * change in the machine's speed hits all of them.
 *
 *     npm run bench
 */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { differences, type Estimate, estimate } from './sdk-overhead/interval.ts'

interface Variant {
  readonly name: string
  readonly options: readonly string[]
  readonly program: string
  /** What it is compared with. */
  readonly beside?: string
}

/** What a start took: by the clock, of CPU, and resident memory. */
interface Start {
  readonly ms: number
  readonly 'ms of CPU': number
  readonly MB: number
}

const RUNS = 25
const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const REGISTER = ['--import', '@llmscope/sdk/register']
const TELL = `process.stdout.write(JSON.stringify([process.cpuUsage(), process.memoryUsage.rss()]))`
const APPLICATION = `import 'openai'; ${TELL}; process.exit(0)`
const WITH_SDK = `import { NodeSDK } from '@opentelemetry/sdk-node'; new NodeSDK().start(); ${APPLICATION}`

const UNITS = ['ms', 'ms of CPU', 'MB'] as const

const VARIANTS: readonly Variant[] = [
  { name: 'bare', options: [], program: APPLICATION },
  { name: 'llmscope', options: REGISTER, program: APPLICATION, beside: 'bare' },
  { name: 'NodeSDK', options: [], program: WITH_SDK, beside: 'bare' },
  { name: 'llmscope and NodeSDK', options: REGISTER, program: WITH_SDK, beside: 'NodeSDK' },
]

const runs = process.argv.includes('--quick') ? Math.ceil(RUNS / 3) : RUNS
const samples = new Map(VARIANTS.map(({ name }): [string, Start[]] => [name, []]))
for (let run = -1; run < runs; run += 1) {
  for (const variant of VARIANTS) {
    const start = startOf(variant)
    if (run >= 0) samples.get(variant.name)?.push(start)
  }
}

process.stdout.write(
  `\nStart of an application: medians of ${runs} runs, and where they lie with 95 % certainty\n`,
)
for (const { name, beside } of VARIANTS) {
  const all = UNITS.map((unit) => `${estimate(measured(name, unit)).median.toFixed(0)} ${unit}`)
  process.stdout.write(`  ${name.padEnd(22)} ${all.join(', ').padEnd(36)}`)
  process.stdout.write(beside === undefined ? '\n' : `over ${beside}: ${more(name, beside)}\n`)
}

/** What a variant takes more than the one beside it. */
function more(name: string, beside: string): string {
  const figures = UNITS.map((unit) => {
    const difference = estimate(differences(measured(name, unit), measured(beside, unit)))
    return `${interval(difference)} ${unit}`
  })
  return figures.join(', ')
}

function measured(name: string, of: keyof Start): number[] {
  return (samples.get(name) ?? []).map((start) => start[of])
}

function interval({ median, low, high }: Estimate): string {
  return `${median.toFixed(0)} [${low.toFixed(0)}, ${high.toFixed(0)}]`
}

function startOf({ options, program }: Variant): Start {
  const started = performance.now()
  const args = [...options, '--input-type=module', '--eval', program]
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: ROOT,
    encoding: 'utf8',
  })
  if (status !== 0) throw new Error(stderr)
  const ms = performance.now() - started
  const [cpu, resident] = JSON.parse(stdout) as [NodeJS.CpuUsage, number]
  return { ms, 'ms of CPU': (cpu.user + cpu.system) / 1000, MB: resident / 1e6 }
}
