/** What a container used, in seconds and bytes; what its host does not tell is not a number. */
export interface Usage {
  readonly cpu: { readonly user: number; readonly system: number }
  /** How long it was held back for having used up its share. */
  readonly throttled: number
  readonly memory: {
    readonly usage: number
    /** What belongs to its processes alone. */
    readonly rss: number
    /** Without what could be given back at once. */
    readonly workingSet: number
    readonly limit: number
  }
  readonly faults: { readonly major: number; readonly minor: number }
  readonly oomKills: number
  readonly processes: number
  readonly disk: { readonly read: number; readonly write: number }
}

/** One version of cgroups: where containers are looked for, and how one is read. */
export interface Hierarchy {
  /** The folder under which every container has one. */
  readonly root: string
  /** Reads the container whose folder is `path` below the root; `read` gives nothing of what is not there. */
  readonly usage: (path: string, read: (file: string) => Promise<string>) => Promise<Usage>
}

/** The numbers of lines such as `anon 4096`. */
export function fields(text: string): (name: string) => number {
  const found = new Map(
    text.split('\n').map((line) => {
      const [name = '', value = ''] = line.split(' ')
      return [name, number(value)]
    }),
  )
  return (name) => found.get(name) ?? NaN
}

/** A number that stands alone; `max` and nothing at all are none. */
export const number = (text: string): number => (/^\d+\s*$/.test(text) ? Number(text) : NaN)

/** The sum of what a pattern finds in its first group; none where it finds nothing. */
export function total(text: string, pattern: RegExp): number {
  const found = [...text.matchAll(pattern)]
  return found.length > 0 ? found.reduce((sum, [, value]) => sum + Number(value), 0) : NaN
}
