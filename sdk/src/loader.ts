import type { InitializeHook, LoadFnOutput, LoadHook } from 'node:module'

/**
 * A module that tells of itself: a statement at its end, where all that it declares is there. Not a
 * wrapper around it: what the application loads stays the client's own module, and other loader hooks
 * see nothing of ours.
 */
export interface Announcement {
  readonly module: string
  /** Matches the URLs of the module's files. */
  readonly files: RegExp
  /** Names of the classes that an ES module hands over, as far as it has them. */
  readonly classes: readonly string[]
  /** Names of the functions that it lets be replaced, as far as it has them. */
  readonly functions: readonly string[]
}

/** The global symbol under which modules find whom to announce themselves to. */
export const LOADED = 'llmscope.loaded'

const EXPORTS = /\bexport\s*\{([^}]*)\}(?!\s*from)/g

/** Adds a statement to a module that is to announce itself. */
export function announce(
  announcements: readonly Announcement[],
  url: string,
  loaded: LoadFnOutput,
): LoadFnOutput {
  const { format, source } = loaded
  if (source === undefined || source === null) return loaded
  const announcement = announcements.find(({ files }) => files.test(url))
  if (announcement === undefined) return loaded
  const text = typeof source === 'string' ? source : new TextDecoder().decode(source)
  const statement = statementOf(announcement, format, text)
  return statement === undefined ? loaded : { ...loaded, source: `${text}\n;${statement}` }
}

/** By which a module of this format hands over its classes, its form, and where it lies. */
function statementOf(
  { module, classes, functions }: Announcement,
  format: unknown,
  source: string,
): string | undefined {
  const tell = (handed: string): string =>
    `globalThis[Symbol.for('${LOADED}')]?.('${module}', ${handed})`
  const commonjs = tell("module.exports, 'CommonJS', __filename")
  if (format === 'commonjs') return commonjs
  // required from a package that does not say what it is: Node takes it for CommonJS where it can
  if (format === undefined || format === null) return `if (typeof module === 'object') ${commonjs}`
  if (format !== 'module') return undefined
  const exports = [...source.matchAll(EXPORTS)].map(([, names]) => names).join(',')
  const members = classes.map((name) => {
    const own = ownName(name, exports)
    return `${name}: typeof ${own} === 'undefined' ? undefined : ${own}`
  })
  // who imports a function sees what its module has put in its place
  const replaceable = functions.map(
    (name) =>
      `get ${name}() { return typeof ${name} === 'undefined' ? undefined : ${name} }, ` +
      `set ${name}(value) { ${name} = value }`,
  )
  return tell(`{ ${[...members, ...replaceable].join(', ')} }, 'ESM', import.meta.url`)
}

/** What a module calls a class that it exports as `name`. */
function ownName(name: string, exports: string): string {
  const renamed = new RegExp(`(?:^|[\\s,])(?!default\\b)([\\w$]+)\\s+as\\s+${name}\\b`)
  return renamed.exec(exports)?.[1] ?? name
}

let known: readonly Announcement[] = []

/** For Node without synchronous hooks, where this file runs on a thread of the loader's own. */
export const initialize: InitializeHook<readonly Announcement[]> = (announcements) => {
  known = announcements
}

export const load: LoadHook = async (url, context, nextLoad) => {
  const loaded = await nextLoad(url, context)
  try {
    return announce(known, url, loaded)
  } catch {
    // nobody counts faults on this thread: the module is the application's as it is
    return loaded
  }
}
