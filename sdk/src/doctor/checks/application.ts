import { spawn } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import { text } from 'node:stream/consumers'
import { here } from '../../here.ts'
import { type Check, type Finding, ok, problem, type Subject, unknown } from '../check.ts'
import { alsoTracedText, clientText, copiesText, noneText, untracedText } from '../report-text.ts'
import type { StartReport } from '../start-report.ts'

/** How long a process may take to end when it is asked to, in milliseconds. */
const GRACE = 5000

export const application: Check = {
  name: 'Application',
  run: async (subject) => {
    if (!subject.application) return []
    const folder = await mkdtemp(join(tmpdir(), 'llmscope-doctor-'))
    try {
      const file = join(folder, 'report.json')
      const ending = await runWithReport(subject, file)
      const report = await readFile(file, 'utf8').catch(() => undefined)
      if (report === undefined) return [silent(ending)]
      return [...describe(JSON.parse(report) as StartReport), ...endingOf(ending)]
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  },
}

interface Ending {
  readonly code: number | null
  readonly isStopped: boolean
  readonly stderr: string
}

async function runWithReport(subject: Subject, file: string): Promise<Ending> {
  const { application: command = [], deadline, environment } = subject
  const register = new URL(`./register${extname(here)}`, here)
  const child = spawn(
    process.execPath,
    [...process.execArgv, '--import', register.href, ...command],
    {
      env: { ...environment, LLMSCOPE_REPORT: file },
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  )
  let isStopped = false
  const stop = setTimeout(() => {
    isStopped = true
    child.kill('SIGTERM')
  }, deadline)
  const kill = setTimeout(() => child.kill('SIGKILL'), deadline + GRACE)
  const code = new Promise<number | null>((resolve) => child.once('close', resolve))
  const ending = { stderr: await text(child.stderr), code: await code, isStopped }
  clearTimeout(stop)
  clearTimeout(kill)
  return { ...ending, isStopped }
}

function silent({ code, stderr }: Ending): Finding {
  return problem(
    `it ended with ${code} before anything could be said${quote(stderr)}`,
    'Does it run by itself, with node in place of the doctor?',
  )
}

function describe(report: StartReport): Finding[] {
  const hidden = report.apis.some(({ isShared }) => !isShared)
  return [
    ...report.clients.map((client) => ok(`traced: ${clientText(client)}`)),
    ...report.untraced.map((client) => unseen(report, untracedText(client))),
    ...Object.entries(report.others).map(([module, name]) =>
      ok(`${module} has spans of ${name}; llmscope adds metrics`),
    ),
    ...report.alsoTraced.map((client) => ok(`also traced: ${alsoTracedText(client)}`)),
    ...copiesText(report).map((copy) =>
      hidden ? problem(`API ${copy}`, 'Run: npm dedupe') : ok(`API ${copy}`),
    ),
    ...(report.clients.length === 0 ? nothing(report) : []),
  ]
}

function unseen(report: StartReport, words: string): Finding {
  const isFine = report.clients.length > 0 || !report.needsClient
  return isFine ? ok(`not traced: ${words}`) : problem(`not traced: ${words}`, 'See there.')
}

function nothing(report: StartReport): Finding[] {
  if (!report.needsClient) return [ok(noneText(report))]
  if (report.untraced.length > 0) return []
  return [
    problem(
      'no LLM client was loaded, and none is installed beside it',
      'If the application is bundled, call instrument(client).',
    ),
  ]
}

function endingOf({ code, isStopped, stderr }: Ending): Finding[] {
  if (isStopped) return [ok('it was running well when its time was over (--deadline)')]
  if (code === 0) return []
  return [unknown(`it ended with ${code}${quote(stderr)}`, 'Does it end so without llmscope too?')]
}

/** The last line that says something. */
function quote(stderr: string): string {
  const line = stderr.split('\n').findLast((candidate) => /error|exception/i.test(candidate))
  return line === undefined ? '' : `: ${line.trim()}`
}
