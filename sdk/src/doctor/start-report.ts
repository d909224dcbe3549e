import { dirname } from 'node:path'
import { type Destination, destinationOf, SIGNALS } from '../delivery/destination.ts'
import { instrumented } from '../instrumentations/frameworks.ts'
import { adapters } from '../instrumentations/index.ts'
import { ownsSdk } from '../delivery/node-sdk.ts'
import { settings, VARIABLES } from '../options.ts'
import { type Form, isUntested, type Seen, type SeenClient, whatIsSeen } from '../report.ts'
import { SCOPE } from '../scope.ts'
import { hasMeterProvider, hasTracerProvider } from '../started.ts'
import { vendorAgents } from '../calls/vendor-agents.ts'
import { type ApiCopy, apiCopies } from './api-copies.ts'
import { packageFrom, packageOf } from './package.ts'

/** A client that was loaded, and how much of it is traced. */
export interface ClientReport {
  readonly module: string
  readonly version: string | undefined
  readonly form: Form
  readonly methods: number
  /** How many methods llmscope knows of this client. */
  readonly known: number
  /** Whether its major version is a later one than any that is tested. */
  readonly isUntested: boolean
}

/** A client whose calls are not traced, and why. */
export interface Untraced {
  readonly module: string
  readonly version: string | undefined
  readonly folder: string | undefined
  readonly reason: string
}

/** A client that the agent of a vendor traces as well. */
export interface AlsoTraced {
  readonly module: string
  readonly by: string
  /** What has the agent leave that client alone. */
  readonly optOut: string
}

/** Everything that a start says about what will be seen of an application. */
export interface StartReport {
  readonly node: string
  readonly llmscope: string
  readonly apis: readonly ApiCopy[]
  readonly sdkVersion: string | undefined
  /** Who has started the OpenTelemetry SDK. */
  readonly sdkOwner: 'llmscope' | 'application' | 'nobody'
  /** Whether anybody takes metrics. */
  readonly hasMeterProvider: boolean
  readonly clients: readonly ClientReport[]
  readonly untraced: readonly Untraced[]
  readonly others: Readonly<Record<string, string>>
  readonly alsoTraced: readonly AlsoTraced[]
  /** Whether a client is missed where there is none. */
  readonly needsClient: boolean
  readonly destinations: readonly Destination[]
  readonly sampler: string
  readonly settings: Readonly<Record<string, unknown>>
}

/** What can be said now. */
export function startReport(): StartReport {
  const folder = process.argv[1] === undefined ? process.cwd() : dirname(process.argv[1])
  const seen = whatIsSeen()
  return {
    node: process.versions.node,
    llmscope: SCOPE.version,
    apis: apiCopies(folder),
    sdkVersion: packageFrom(import.meta.dirname, '@opentelemetry/sdk-node')?.version,
    sdkOwner: sdkOwner(),
    hasMeterProvider: hasMeterProvider(),
    clients: clients(seen),
    untraced: [...unknown(seen), ...tooEarly(seen), ...unseen(seen, folder)],
    others: Object.fromEntries(seen.others),
    alsoTraced: alsoTraced(seen),
    needsClient: seen.needsClient,
    destinations: SIGNALS.map((signal) => destinationOf(signal)),
    sampler: samplerOf(process.env),
    settings: optionsInForce(),
  }
}

function optionsInForce(): Record<string, unknown> {
  const all = settings()
  const names = Object.keys(VARIABLES) as (keyof typeof VARIABLES)[]
  return Object.fromEntries(names.map((name) => [name, all[name]]))
}

function sdkOwner(): StartReport['sdkOwner'] {
  if (ownsSdk()) return 'llmscope'
  return hasTracerProvider() ? 'application' : 'nobody'
}

function samplerOf(environment: Readonly<Record<string, string | undefined>>): string {
  const name = environment['OTEL_TRACES_SAMPLER']?.trim() || 'parentbased_always_on'
  const argument = environment['OTEL_TRACES_SAMPLER_ARG']?.trim()
  return argument ? `${name} (${argument})` : name
}

// A client announces itself with several of its files: the one with most methods speaks for all.
function clients({ clients: all }: Seen): ClientReport[] {
  const best = new Map<string, SeenClient>()
  for (const client of all) {
    const key = `${client.module} ${client.form} ${folderOf(client) ?? ''}`
    if (client.methods > (best.get(key)?.methods ?? 0)) best.set(key, client)
  }
  return [...best.values()].map(clientReport)
}

function clientReport({ module, file, form, methods }: SeenClient): ClientReport {
  const of = instrumented.find((candidate) => candidate.module === module)
  const version = file === undefined ? undefined : packageOf(file)?.version
  return {
    module,
    version,
    form,
    methods,
    known: of?.targets.length ?? 0,
    isUntested: of !== undefined && isUntested(of, version),
  }
}

const folderOf = ({ file }: SeenClient): string | undefined =>
  file === undefined ? undefined : packageOf(file)?.folder

/** Agents of vendors beside us, but for those whose spans stand in the place of ours. */
function alsoTraced({ clients: all, others }: Seen): AlsoTraced[] {
  const modules = [...new Set(all.map(({ module }) => module))]
  return vendorAgents
    .filter((agent) => agent.isLoaded())
    .flatMap(({ name: by, optOut }) =>
      modules
        .filter((module) => module in optOut && others.get(module) !== by)
        .map((module) => ({ module, by, optOut: optOut[module] ?? '' })),
    )
}

function unknown({ clients: all }: Seen): Untraced[] {
  const traced = new Set(all.filter(({ methods }) => methods > 0).map(folderOf))
  const without = new Map(
    all
      .filter((client) => !traced.has(folderOf(client)))
      .map((client) => [folderOf(client), client]),
  )
  return [...without].map(([folder, { module, file }]) => ({
    module,
    version: file === undefined ? undefined : packageOf(file)?.version,
    folder,
    reason: 'this version has none of the methods that llmscope knows; please report it',
  }))
}

function tooEarly({ loadedBefore }: Seen): Untraced[] {
  const packages = loadedBefore.map(packageOf).filter((found) => found !== undefined)
  return packages.map(({ name, version, folder }) => ({
    module: name,
    version,
    folder,
    reason:
      'it was loaded before llmscope: start Node.js with --import @llmscope/sdk/register, before ' +
      'any other --import or --require that loads it, or call instrument(client)',
  }))
}

function unseen({ clients: all, loadedBefore }: Seen, applicationFolder: string): Untraced[] {
  const isSeen = (module: string): boolean =>
    all.some((client) => client.module === module) ||
    loadedBefore.some((file) => packageOf(file)?.name === module)
  return adapters
    .filter(({ module }) => !isSeen(module))
    .map(({ module }) => packageFrom(applicationFolder, module))
    .filter((found) => found !== undefined)
    .map(({ name, version, folder }) => ({
      module: name,
      version,
      folder,
      reason:
        'installed, and not seen being loaded so far: not used yet, part of a bundle (then call ' +
        'instrument(client)), or imported before start() was called (then use --import)',
    }))
}
