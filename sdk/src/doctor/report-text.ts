import type { Destination } from '../delivery/destination.ts'
import type { AlsoTraced, ClientReport, StartReport, Untraced } from './start-report.ts'

type Line = readonly [title: string, text: string]

const OWNERS: Readonly<Record<StartReport['sdkOwner'], string>> = {
  llmscope: 'started by llmscope, from the OTEL_* variables',
  application: "the application's own; where it sends to is its choice",
  nobody: 'none so far; llmscope starts one at the first span, if it can',
}

/** The report as a block for people to read. */
export function reportText(report: StartReport): string {
  const lines: Line[] = [
    ['versions', versions(report)],
    ...titled('traced', report.clients.map(clientText), noneText(report)),
    ...titled('not traced', report.untraced.map(untracedText)),
    ...titled(
      'other spans',
      Object.entries(report.others).map(([module, name]) => `${module} has those of ${name}`),
    ),
    ...titled('also traced', report.alsoTraced.map(alsoTracedText)),
    ...titled('API copies', copiesText(report)),
    ['SDK', ownerText(report)],
    ...(report.sdkOwner === 'application' ? [] : report.destinations.map(destinationLine)),
    ['sampling', report.sampler],
    ['settings', settingsText(report)],
  ]
  const block = lines.map(([title, text]) => `  ${title.padEnd(13)}${text}\n`).join('')
  return `llmscope: start-up report\n${block}`
}

/** The line in place of clients, where there is none. */
export function noneText({ needsClient }: Pick<StartReport, 'needsClient'>): string {
  return needsClient
    ? 'no LLM client so far'
    : 'no LLM client, and none is missed: what was done makes no LLM calls (trainings, tools, searches)'
}

/** One line of a client that is traced. */
export function clientText(client: ClientReport): string {
  const { module, version, form, methods, known, isUntested } = client
  const what = [module, version].filter(Boolean).join(' ')
  const note = isUntested ? '; newer than what llmscope is tested with' : ''
  return `${what} (${form}): ${methods} of ${known} methods${note}`
}

/** One line of a client that the agent of a vendor traces as well. */
export function alsoTracedText({ module, by, optOut }: AlsoTraced): string {
  return `${module} by ${by}, in traces of its own; not so with ${optOut}`
}

/** One line of a client that is not traced. */
export function untracedText({ module, version, folder, reason }: Untraced): string {
  const what = [module, version].filter(Boolean).join(' ')
  return `${what}${folder === undefined ? '' : ` in ${folder}`}: ${reason}`
}

/** The copies of the OpenTelemetry API, where there are several. */
export function copiesText({ apis }: StartReport): string[] {
  if (apis.length < 2) return []
  return apis.map(
    ({ version, folder, isShared }) =>
      `${version} in ${folder}${isShared ? ', shares what is registered' : ' DOES NOT SEE what an older copy registered: have one version of @opentelemetry/api'}`,
  )
}

function titled(title: string, texts: readonly string[], none?: string): Line[] {
  const [first = none, ...rest] = texts
  if (first === undefined) return []
  return [[title, first], ...rest.map((text): Line => ['', text])]
}

function ownerText({ sdkOwner, hasMeterProvider }: StartReport): string {
  const isDeaf = sdkOwner === 'application' && !hasMeterProvider
  return `${OWNERS[sdkOwner]}${isDeaf ? '; it takes no metrics: no MeterProvider is registered' : ''}`
}

function versions({ node, llmscope, apis, sdkVersion }: StartReport): string {
  const api = apis[0]?.version ?? 'unknown'
  const sdk = sdkVersion === undefined ? 'not installed' : sdkVersion
  return `Node.js ${node}, llmscope ${llmscope}, OpenTelemetry API ${api}, sdk-node ${sdk}`
}

function destinationLine({ signal, exporters, protocol, url }: Destination): Line {
  const isOtlp = exporters.includes('otlp')
  return [signal, isOtlp ? `${exporters.join(', ')} (${protocol}) to ${url}` : exporters.join(', ')]
}

function settingsText({ settings }: StartReport): string {
  return Object.entries(settings)
    .map(([name, value]) => `${name} ${JSON.stringify(value)}`)
    .join(', ')
}
