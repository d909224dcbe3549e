import type { Column } from '../column.ts'
import { bare } from './bare.ts'
import { handWritten } from './hand-written.ts'
import { langfuse } from './langfuse.ts'
import { langsmith } from './langsmith.ts'
import { llmscope, llmscopeRedacting, llmscopeWithoutGaps } from './llmscope.ts'
import { openinference } from './openinference.ts'
import { openlit } from './openlit.ts'
import { openllmetry } from './openllmetry.ts'
import { opentelemetry } from './opentelemetry.ts'
import { posthog } from './posthog.ts'
import { sentry } from './sentry.ts'

/** Every column of the bench. The first is what all others are compared with, the second ours. */
export const columns: readonly [bare: Column, ours: Column, ...others: Column[]] = [
  bare,
  llmscope,
  llmscopeRedacting,
  llmscopeWithoutGaps,
  handWritten,
  opentelemetry,
  openllmetry,
  openinference,
  langfuse,
  openlit,
  sentry,
  posthog,
  langsmith,
]
