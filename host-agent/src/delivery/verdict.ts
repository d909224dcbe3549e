import type { Exporter } from './exporters.ts'

/**
 * What became of a request: `later` it may go well; `too large` it never will, but its parts may;
 * `refused`, nothing of it ever will.
 */
export type Verdict =
  | { readonly is: 'accepted' }
  | { readonly is: 'later' | 'too large' | 'refused'; readonly error: Error }

/** Statuses of HTTP and of gRPC that say that the content itself is wrong. */
const REFUSED: ReadonlySet<unknown> = new Set([400, 415, 422, 3])
const TOO_LARGE = 413
const RESOURCE_EXHAUSTED = 8

/**
 * Sends items once. What a wrong address, key or certificate causes is tried again, since whoever runs
 * the agent can mend it while the items wait.
 */
export async function attempt<Items>(exporter: Exporter<Items>, items: Items): Promise<Verdict> {
  const error = await exportOnce(exporter, items)
  if (!error) return { is: 'accepted' }
  const code = 'code' in error ? error.code : undefined
  if (REFUSED.has(code)) return { is: 'refused', error }
  const isTooLarge =
    code === TOO_LARGE || (code === RESOURCE_EXHAUSTED && /larger than max/.test(error.message))
  return { is: isTooLarge ? 'too large' : 'later', error }
}

// Besides calling back with an error, the exporter can throw what its serializer throws.
function exportOnce<Items>(exporter: Exporter<Items>, items: Items): Promise<Error | undefined> {
  return new Promise<Error | undefined>((resolve) =>
    exporter.export(items, ({ error }) => resolve(error)),
  ).catch((error: unknown) => (error instanceof Error ? error : new Error(String(error))))
}
