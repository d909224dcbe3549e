import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { type FaultPoint, withFaultPoints } from './chaos/fault-points.ts'
import { runNode } from './child.ts'
import type { Contract } from './contract.ts'
import { contracts } from './contracts.ts'
import { writeOnnxModels } from './local-models/onnx.ts'
import type { ScriptedServer } from '../sdk/scripted-server/server.ts'
import { openWorkspace } from './workspace.ts'

/** What consists of guarded work alone: every call in it has a fault point of its own. */
const BOUNDARIES =
  /^(guard|fault|within|entered|call|runOperation|beginOperation|deliver|flush|send|settle|note|alike|this\.#(phase|interlude|ours)|handle|heard|batchesOf)$/

/** The application's own functions. What they throw is the application's to hear. */
const APPLICATION =
  /^(Reflect\.apply|accessor\.get\?\.call|own\.start(Active)?Span|setAttributes|keep|fn|train|work|evaluate|write|transform as Transform|streamer\?\.(put|end))$/

/** Without it a promise of ours counts as one that nobody handles, and nothing else would do. */
const HANDLED = /^promise\.responsePromise\.catch$/

/** What tells of wrong arguments does so by throwing, before anything has begun. */
const CHECKS = /^(check|plan)$/
const CHECKING =
  /^(options\.ts|training\/(plan|hyperparameters)\.ts|operations\/score\.ts check|delivery\/serverless\.ts alike|native\/tracing\.ts keep)/

const PARTS = 2
/** How long points are tried in further scenarios than the quickest. All of them take some 20 minutes. */
const MILLISECONDS = Number(process.env['CHAOS_MILLISECONDS'] ?? 10_000)
const LIMIT = MILLISECONDS + 600_000

/** What came of a part: how many points were reached, and at how many of them a fault was thrown. */
interface Report {
  readonly reached: number
  readonly thrown: number
  readonly problems: readonly string[]
}

// a client that shares another's programs shares its readers; the methods of one are no class's
const latest = contracts
  .filter(({ shares, client }) => shares.length === 0 || client === 'huggingface')
  .map((contract) => [contract.installs.at(-1) ?? '', contract] as const)

test.each(latest)(
  '%s: whatever in the SDK throws, the application sees the same',
  async (install, contract) => {
    const reports = await playWithFaults(install, contract)
    for (const report of reports) {
      expect(report.problems).toEqual([])
      // what waits for garbage collection may not come in time
      expect(report.thrown).toBeGreaterThan(report.reached * 0.98)
    }
    const reached = reports.reduce((sum, report) => sum + report.reached, 0)
    expect(reached).toBeGreaterThan(1000)
  },
  LIMIT,
)

test(
  'transformers-4: whatever throws in the SDK, the application gets the same of models in its process',
  async () => {
    const models = await mkdtemp(join(tmpdir(), 'llmscope-onnx-'))
    await writeOnnxModels(models)
    const close = (): Promise<void> => rm(models, { recursive: true })
    const startServer = async (): Promise<Server> => ({ baseURL: models, close })
    const played = { client: 'transformers', shares: [], startServer }
    for (const { problems, reached, thrown } of await playWithFaults('transformers-4', played)) {
      expect(problems).toEqual([])
      expect(thrown).toBeGreaterThan(reached * 0.98)
      expect(reached).toBeGreaterThan(200)
    }
  },
  LIMIT,
)

/** What the programs of a client are played with. */
interface Played extends Pick<Contract, 'client' | 'shares'> {
  startServer(): Promise<Server>
}

type Server = Pick<ScriptedServer, 'baseURL' | 'close'>

async function playWithFaults(install: string, contract: Played): Promise<Report[]> {
  const [{ code, points }, workspace, server] = await Promise.all([
    withFaultPoints(['index.ts', 'options.ts'], isSpared),
    openWorkspace(install, contract.client, 'contract', 'chaos', ...contract.shares),
    contract.startServer(),
  ])
  try {
    await writeFile(join(workspace.folder, 'faulty-sdk.cjs'), code)
    const parts = Array.from({ length: PARTS }, (_, part) =>
      playPart(workspace.folder, server.baseURL, points, part),
    )
    return await Promise.all(parts)
  } finally {
    await Promise.all([server.close(), workspace.remove()])
  }
}

async function playPart(
  folder: string,
  baseURL: string,
  points: readonly FaultPoint[],
  part: number,
): Promise<Report> {
  const resultFile = join(folder, `report-${part}.json`)
  const chaosFile = join(folder, `chaos-${part}.json`)
  await writeFile(
    chaosFile,
    JSON.stringify({ folder, points, part, parts: PARTS, milliseconds: MILLISECONDS }),
  )
  const program = ['--expose-gc', 'main.cjs', baseURL, resultFile]
  const env = { PLAYER: '../chaos/play.cjs', CHAOS: chaosFile }
  const { code, stderr } = await runNode(folder, program, env, LIMIT)
  if (code !== 0) throw new Error(`the program ended with ${code}: ${stderr}`)
  return JSON.parse(await readFile(resultFile, 'utf8')) as Report
}

function isSpared(callee: string, place: string): boolean {
  const spared = [BOUNDARIES, APPLICATION, HANDLED, CHECKS].some((names) => names.test(callee))
  return spared || CHECKING.test(place)
}
