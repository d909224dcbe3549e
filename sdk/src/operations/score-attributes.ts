import type { Attributes } from '@opentelemetry/api'
import type { Emitted, EmittedName } from '../catalogue/emitted.ts'
import type { Score } from './score.ts'

/** Names of evaluations in the GenAI semantic conventions v0.1.0. */
export const explanationPlace = {
  kind: 'evaluation',
  attribute: 'gen_ai.evaluation.explanation',
} as const
export const scoreEvent = 'gen_ai.evaluation.result'

export function scoreAttributes(
  { name, value, label }: Score,
  responseId: string | undefined,
  explanation: string | undefined,
): Emitted {
  return {
    'gen_ai.evaluation.name': name,
    ...(value !== undefined && { 'gen_ai.evaluation.score.value': value }),
    ...(label !== undefined && { 'gen_ai.evaluation.score.label': label }),
    ...(explanation !== undefined && { [explanationPlace.attribute]: explanation }),
    ...(responseId !== undefined && { 'gen_ai.response.id': responseId }),
  }
}

/** What the metric has of the call that was judged. */
const OF_CALL: readonly EmittedName[] = [
  'gen_ai.provider.name',
  'gen_ai.system',
  'gen_ai.request.model',
]

export function metricDimensions({ name, label }: Score, call: Attributes): Attributes {
  return {
    'gen_ai.evaluation.name': name,
    ...(label !== undefined && { 'gen_ai.evaluation.score.label': label }),
    ...Object.fromEntries(
      OF_CALL.filter((key) => call[key] !== undefined).map((key) => [key, call[key]]),
    ),
  }
}
