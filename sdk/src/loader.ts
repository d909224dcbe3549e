import type { InitializeHook, LoadFnOutput, LoadHook } from 'node:module'

/**
 * An ES module that tells of itself: a statement at its end, where all that it declares is there.
 * Not a wrapper around it: what the application imports stays the client's own module, and other
 * loader hooks see nothing of ours.
 */
export interface Announcement {
  /** Matches the URLs of the module's files. */
  readonly files: RegExp
  readonly statement: string
}

/** Adds its statement to a module that has one. */
export function announce(
  announcements: readonly Announcement[],
  url: string,
  loaded: LoadFnOutput,
): LoadFnOutput {
  const { format, source } = loaded
  if (format !== 'module' || source === undefined || source === null) return loaded
  const statement = announcements.find(({ files }) => files.test(url))?.statement
  if (statement === undefined) return loaded
  const text = typeof source === 'string' ? source : new TextDecoder().decode(source)
  return { ...loaded, source: `${text}\n;${statement}` }
}

let known: readonly Announcement[] = []

/** For Node without synchronous hooks, where this file runs on a thread of the loader's own. */
export const initialize: InitializeHook<readonly Announcement[]> = (announcements) => {
  known = announcements
}

export const load: LoadHook = async (url, context, nextLoad) =>
  announce(known, url, await nextLoad(url, context))
