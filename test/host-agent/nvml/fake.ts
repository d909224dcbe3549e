import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  type Layout,
  layouts,
  versionWord,
} from '../../../host-agent/src/collectors/nvml/layouts.ts'

const SOURCE = new URL('fake.c', import.meta.url)

/** The drivers that the fake library is built for. */
export type Branch = 470 | 535 | 580 | 590

/** Builds the library that stands in for NVIDIA's, once for each of its sources; gives its path. */
export function buildFake(branch: Branch): string {
  const source = readFileSync(SOURCE, 'utf8')
  const header = assertions()
  const hash = createHash('sha256').update(source).update(header).digest('hex').slice(0, 16)
  const folder = join(tmpdir(), `llmscope-fake-nvml-${hash}`)
  const path = join(folder, `libnvidia-ml-${branch}.so.1`)
  if (existsSync(path)) return path
  mkdirSync(folder, { recursive: true })
  const work = mkdtempSync(join(folder, 'build-'))
  writeFileSync(join(work, 'layouts.h'), header)
  const built = join(work, 'fake.so')
  const flags = [
    '-std=gnu11',
    '-O2',
    '-Wall',
    '-Werror',
    '-Wno-format-truncation',
    '-shared',
    '-fPIC',
    `-DBRANCH=${branch}`,
  ]
  execFileSync('gcc', [...flags, `-I${work}`, '-o', built, SOURCE.pathname])
  renameSync(built, path)
  return path
}

/** The agent's table of structs as assertions of the compiler. */
function assertions(): string {
  return Object.values<Layout>(layouts).flatMap(assertionsOf).join('\n')
}

function assertionsOf(layout: Layout): string[] {
  const { struct, size, version, fields } = layout
  const assert = (condition: string): string => `_Static_assert(${condition}, "${struct}");`
  const offsets = Object.entries(fields).map(([field, [offset]]) =>
    assert(`offsetof(${struct}, ${field}) == ${offset}`),
  )
  const word = `(sizeof(${struct}) | ${version}u << 24) == ${versionWord(layout)}u`
  const versions = version === undefined ? [] : [assert(word)]
  return [assert(`sizeof(${struct}) == ${size}`), ...versions, ...offsets, '']
}

const MIB = 2 ** 20

/** What a healthy H100 answers, to begin a scenario with. */
export function healthy(count: number): string[] {
  const numbers = {
    gpu: 97,
    memory: 57,
    encoder: 12,
    decoder: 0,
    jpeg: 0,
    ofa: 3,
    period: 166_000,
    total: 81_559 * MIB,
    used: 61_263 * MIB,
    reserved: 479 * MIB,
    'bar1.total': 131_072 * MIB,
    'bar1.used': 3 * MIB,
    temperature0: 66,
    threshold0: 92,
    threshold1: 89,
    threshold2: 95,
    threshold3: 87,
    power: 631_950,
    energy: 9_000_000_000_000,
    'limit.requested': 700_000,
    'limit.enforced': 700_000,
    'limit.default': 700_000,
    'limit.min': 200_000,
    'limit.max': 700_000,
    clock0: 1755,
    clock1: 1755,
    clock2: 2619,
    clock3: 1545,
    'clock.max0': 1980,
    'clock.max1': 1980,
    'clock.max2': 2619,
    'clock.max3': 1545,
    reasons: 4,
    pstate: 0,
    'pcie.generation': 5,
    'pcie.width': 16,
    'pcie.generation.max': 5,
    'pcie.width.max': 16,
    'pcie.replay': 7,
    'ecc0.1': 3,
    'ecc1.1': 0,
    'rows.corrected': 0,
    'rows.uncorrected': 1,
    'rows.pending': 0,
    'rows.failure': 0,
    banks: 2560,
    ecc: 1,
    persistence: 1,
    mig: 0,
    'compute.major': 9,
    'compute.minor': 0,
  }
  const sum = 4_294_967_295
  return [
    `count ${count}`,
    'driver 590.48.01',
    'nvml 13.590.48.01',
    'text -1 name NVIDIA H100 80GB HBM3',
    'text -1 vbios 96.00.89.00.01',
    ...Array.from({ length: count }, (_each, gpu) => `text ${gpu} uuid ${uuid(gpu)}`),
    ...Array.from({ length: count }, (_each, gpu) => `text ${gpu} pci 00000000:${gpu}A:00.0`),
    ...Object.entries(numbers).map(([key, value]) => `set -1 ${key} ${value}`),
    'field -1 82 0 1 74',
    'field -1 74 0 3 81234567000',
    'field -1 76 0 3 0',
    'field -1 269 0 3 5000000000',
    'field -1 270 0 3 6000000000',
    'field -1 271 0 3 7000000000',
    'field -1 197 0 1 4000000000',
    'field -1 198 0 1 1000',
    'field -1 95 0 1 0',
    'field -1 173 0 1 5',
    'field -1 91 0 1 18',
    ...Array.from({ length: 18 }, (_each, link) => `field -1 165 ${link} 1 ${link < 17 ? 1 : 0}`),
    `field -1 138 ${sum} 3 2048`,
    `field -1 139 ${sum} 3 1024`,
    `field -1 38 ${sum} 3 2`,
    'field -1 230 0 1 0',
  ]
}

/** The id of a GPU of the scenario. */
export function uuid(gpu: number): string {
  const two = String(gpu).padStart(2, '0')
  return `GPU-${two}d1c2b3-0000-4000-8000-0000000000${two}`
}

/** A fake driver with a scenario that can be changed while the agent runs. */
export class FakeNvml {
  readonly env: Record<string, string>
  readonly #file: string
  #lines: string[]

  constructor(branch: Branch, lines: readonly string[]) {
    this.#lines = [...lines]
    this.#file = join(mkdtempSync(join(tmpdir(), 'host-agent-nvml-')), 'scenario')
    this.env = { NVML_LIB: buildFake(branch), NVML_SCENARIO: this.#file }
    this.#write()
  }

  /** From now on the driver answers by these lines too. */
  add(...lines: string[]): void {
    this.#lines.push(...lines)
    this.#write()
  }

  /** From now on the driver no longer answers by lines that begin so. */
  drop(beginning: string): void {
    this.#lines = this.#lines.filter((line) => !line.startsWith(beginning))
    this.#write()
  }

  remove(): void {
    rmSync(join(this.#file, '..'), { recursive: true })
  }

  // In one step: the library must not read the half of it.
  #write(): void {
    writeFileSync(`${this.#file}.new`, `${this.#lines.join('\n')}\n`)
    renameSync(`${this.#file}.new`, this.#file)
  }
}
