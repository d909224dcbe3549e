import { versionAt } from '#platform'
import type { Instrumented } from './instrumentations/frameworks.ts'
import { log, warn } from './log.ts'
import { optOutOf } from './calls/vendor-agents.ts'

/** How a client came to us: as a module of either form, or as an instance by `instrument()`. */
export type Form = 'ESM' | 'CommonJS' | 'instance'

/** A client that was seen, and how many of the methods that its adapter knows could be instrumented. */
export interface SeenClient {
  readonly module: string
  readonly form: Form
  /** A file of its package, where one is known. */
  readonly file: string | undefined
  readonly methods: number
}

const seen: SeenClient[] = []
/** Names of the clients that are looked for. */
let sought: readonly string[] = []
const loadedBefore = new Set<string>()
const others = new Map<string, string>()
const listeners: (() => void)[] = []
/** Whether LLM calls are part of the work that was seen beside them; unknown while none was. */
let workMakesCalls: boolean | undefined

/** Says which clients are looked for. */
export function seek(modules: readonly string[]): void {
  sought = modules
}

/** What is known of the clients so far. */
export interface Seen {
  readonly clients: readonly SeenClient[]
  /** Files of clients that had been loaded before our hooks were there. */
  readonly loadedBefore: readonly string[]
  /** Modules whose calls somebody else's spans tell of, and whose. */
  readonly others: ReadonlyMap<string, string>
  /** False where a process does what makes no LLM calls, and nothing that does. */
  readonly needsClient: boolean
}

export function whatIsSeen(): Seen {
  const needsClient = workMakesCalls ?? true
  return { clients: seen, loadedBefore: [...loadedBefore], others, needsClient }
}

/** Calls `listener` whenever more is seen. */
export function onSeen(listener: () => void): void {
  listeners.push(listener)
}

function tell(): void {
  for (const listener of listeners) listener()
}

/** Notes that a process does something beside LLM calls: an agent makes them itself, a training does not. */
export function noteWork(makesCalls: boolean): void {
  if (workMakesCalls === true || workMakesCalls === makesCalls) return
  workMakesCalls = makesCalls
  tell()
}

/** Notes how much of a module could be instrumented; one with nothing is named in a warning, once. */
export function reportModule(of: Instrumented, methods: number, form: Form, file?: string): void {
  const { module, targets } = of
  const isInPieces = 'inPieces' in of
  // one that is there for its requests alone
  if (isInPieces && methods === 0) return
  const isTraced = seen.some((client) => client.module === module && client.methods > 0)
  const before = isInPieces ? inOtherFiles(module, form) : 0
  seen.push({ module, form, file, methods: methods + before })
  tell()
  if (methods > 0) {
    log('info', `${module}: ${methods} of ${targets.length} methods instrumented`)
    if (!isTraced) reportMajor(of, versionOf(file))
  } else if (!isTraced) {
    const what = [module, versionOf(file)].filter(Boolean).join(' ')
    warn(
      `${what} was loaded, but this version of it has none of the methods that llmscope knows: ` +
        'its calls are not traced. Please report the version.',
    )
  }
}

/** How many methods have come with earlier files. */
function inOtherFiles(module: string, form: Form): number {
  return seen.findLast((client) => client.module === module && client.form === form)?.methods ?? 0
}

function versionOf(file: string | undefined): string | undefined {
  return file === undefined ? undefined : versionAt(file)
}

/** Whether a version is of a later major than any that is tested. */
export function isUntested({ majors }: Instrumented, version: string | undefined): boolean {
  return version !== undefined && Number.parseInt(version, 10) > Math.max(...majors)
}

function reportMajor(of: Instrumented, version: string | undefined): void {
  const { module, majors } = of
  if (!isUntested(of, version)) return
  warn(
    `${module} ${version} is newer than what llmscope is tested with (${majors.join(', ')}): its calls ` +
      'are traced as far as they are what they were. A later @llmscope/sdk may know it.',
  )
}

/** Notes a file of a client that had been loaded before anything could be done. */
export function reportLoadedBefore(file: string): void {
  loadedBefore.add(file)
}

/** Says, once, that no LLM client has been seen, where one is missed. */
export function reportNothing(): void {
  if (seen.length > 0 || !whatIsSeen().needsClient) return
  warn(
    `no LLM client has been instrumented (looked for: ${sought.join(', ')}). ` +
      'If the application is bundled, call instrument(client); if it loads a client before ' +
      '@llmscope/sdk/register, load that first. npx @llmscope/sdk doctor tells more.',
  )
}

/** Says, once, that somebody else's spans tell of a client's calls, and what has it leave that. */
export function reportOther(
  module: string,
  name: string,
  optOut: string = optOutOf(name, module),
): void {
  if (others.get(module) === name) return
  others.set(module, name)
  tell()
  warn(
    `the calls of ${module} already have spans of ${name}: llmscope adds its metrics and no second ` +
      `span. To have its spans instead, take that instrumentation out (${optOut}).`,
  )
}
