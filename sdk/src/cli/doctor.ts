import { existsSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import type { Finding, Subject } from '../doctor/check.ts'
import { checks } from '../doctor/checks/index.ts'
import { type Command, UsageError } from './command.ts'

const HELP = `llmscope doctor [options] [app.js [arguments]]

Says why nothing arrives, or that everything would: looks at Node.js, the packages of this folder
and the environment variables, and sends a span, a metric and a log record to where they say. With
an application, runs it and tells what of it is traced. Ends with 1 where there is a problem.

  --json            the findings as JSON
  --deadline <s>    most seconds that the application runs (10)
  --timeout <s>     most seconds for an answer of the endpoint (3)
  --size <bytes>    length of the text in the span that is sent (0)
`

const MARKS: Readonly<Record<Finding['result'], string>> = {
  ok: 'ok',
  problem: '!!',
  unknown: '??',
}

interface Section {
  readonly check: string
  readonly findings: readonly Finding[]
}

/** Tells why telemetry does not arrive. */
export const doctor: Command = {
  name: 'doctor',
  summary: 'says why nothing arrives, or that everything would',
  help: HELP,
  run: async (args) => {
    const { subject, isJson } = parse(args)
    const sections: Section[] = []
    for (const check of checks) {
      const section = { check: check.name, findings: await check.run(subject) }
      sections.push(section)
      if (!isJson) process.stdout.write(sectionText(section))
    }
    const problems = sections
      .flatMap(({ findings }) => findings)
      .filter(({ result }) => result === 'problem')
    process.stdout.write(
      isJson ? `${JSON.stringify(sections, null, 2)}\n` : `\n${verdict(problems.length)}\n`,
    )
    return problems.length > 0 ? 1 : 0
  },
}

function parse(args: readonly string[]): { subject: Subject; isJson: boolean } {
  const options = {
    json: { type: 'boolean', default: false },
    deadline: { type: 'string', default: '10' },
    timeout: { type: 'string', default: '3' },
    size: { type: 'string', default: '0' },
  } as const
  const own = ownArguments(args)
  const { values } = parseArgs({ args: own, options })
  const [entry, ...rest] = args.slice(own.length)
  if (entry !== undefined && !existsSync(entry)) throw new UsageError(`there is no file ${entry}`)
  const subject = {
    folder: entry === undefined ? process.cwd() : dirname(resolve(entry)),
    application: entry === undefined ? undefined : ([entry, ...rest] as const),
    environment: { ...process.env },
    timeout: number('timeout', values.timeout) * 1000,
    deadline: number('deadline', values.deadline) * 1000,
    canaryBytes: number('size', values.size),
  }
  return { subject, isJson: values.json }
}

/** What stands before the application: what stands after it is the application's. */
function ownArguments(args: readonly string[]): string[] {
  const entry = args.findIndex(
    (arg, index) =>
      !arg.startsWith('-') && !/^--(deadline|timeout|size)$/.test(args[index - 1] ?? ''),
  )
  return args.slice(0, entry === -1 ? args.length : entry)
}

function number(name: string, text: string): number {
  const value = Number(text)
  if (!(value >= 0)) throw new UsageError(`--${name} takes a number, not ${text}`)
  return value
}

function sectionText({ check, findings }: Section): string {
  if (findings.length === 0) return ''
  const lines = findings.map(({ result, evidence, advice }) => {
    const first = `  ${MARKS[result]} ${evidence}\n`
    return advice === undefined ? first : `${first}     ${advice}\n`
  })
  return `${check}\n${lines.join('')}`
}

function verdict(problems: number): string {
  if (problems === 0) return 'No problem was found.'
  return problems === 1 ? '1 problem was found.' : `${problems} problems were found.`
}
