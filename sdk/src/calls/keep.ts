import type { Span } from '@opentelemetry/api'
import { names } from '../attributes.ts'
import type { Failure } from './errors.ts'
import { settings } from '../options.ts'

/** What may make a call or operation worth keeping. */
export interface Judged {
  readonly failed: Failure | undefined
  /** In seconds; absent where it is the time of parts that are judged by themselves. */
  readonly duration?: number | undefined
  /** In USD. */
  readonly cost?: number | undefined
}

/** Tells a sampler that decides at the end of a trace why to keep it: the weightiest reason that holds. */
export function hintToKeep(span: Span, judged: Judged): void {
  const reason = reasonToKeep(judged)
  if (reason !== undefined) span.setAttribute(names.keep, reason)
}

type Reason = 'error' | 'expensive' | 'slow'

function reasonToKeep({ failed, duration = 0, cost = 0 }: Judged): Reason | undefined {
  if (failed) return 'error'
  if (cost > settings().expensiveAbove) return 'expensive'
  return duration > settings().slowAfter ? 'slow' : undefined
}
