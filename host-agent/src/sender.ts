import { withoutSecrets } from './options.ts'

/** What sends items of one kind over OTLP. */
export interface Exporter<T> {
  readonly export: (items: T, done: (result: { readonly error?: Error }) => void) => void
}

/** Sends one request at a time, and says once when that fails and once when it works again. */
export interface Sender<T> {
  /** Sends what `take` gives, until it gives nothing or that fails: then `lost` has it. */
  readonly send: (take: () => T | undefined, lost?: (items: T) => void) => void
  readonly idle: () => Promise<void>
}

/** Sends by an exporter to the receiver at `url`. */
export function createSender<T>(
  exporter: Exporter<T>,
  url: string,
  log: (line: string) => void,
): Sender<T> {
  const receiver = withoutSecrets(url)
  let sending: Promise<void> | undefined
  let failing = false

  const report = (error: Error | undefined): void => {
    if (error && !failing)
      log(`cannot send to ${receiver}, and goes on trying: ${error.message || error.name}`)
    if (!error && failing) log(`sends to ${receiver} again`)
    failing = error !== undefined
  }

  const run = async (take: () => T | undefined, lost?: (items: T) => void): Promise<void> => {
    for (let items = take(); items !== undefined; items = take()) {
      const error = await exportOnce(exporter, items)
      report(error)
      if (!error || !lost) continue
      lost(items)
      break
    }
    sending = undefined
  }

  return {
    send: (take, lost) => {
      // later, since what has nothing to send ends at once
      sending ??= Promise.resolve().then(() => run(take, lost))
    },
    idle: async () => sending,
  }
}

// Besides calling back with an error, the exporter can throw what its serializer throws.
function exportOnce<T>(exporter: Exporter<T>, items: T): Promise<Error | undefined> {
  return new Promise<Error | undefined>((resolve) =>
    exporter.export(items, ({ error }) => resolve(error)),
  ).catch((error: unknown) => (error instanceof Error ? error : new Error(String(error))))
}
