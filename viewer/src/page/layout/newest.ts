import type { TraceSummary } from '../../api.ts'

const MOST = 500

/** Both lists as one, newest first; of a trace in both, what `later` says of it. */
export function newestFirst(
  earlier: readonly TraceSummary[],
  later: readonly TraceSummary[],
): TraceSummary[] {
  const byId = new Map([...earlier, ...later].map((trace) => [trace.id, trace]))
  return [...byId.values()].toSorted((a, b) => b.start - a.start).slice(0, MOST)
}
