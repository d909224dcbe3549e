import { metrics } from '@llmscope/sdk/catalogue'
import type { Where } from '../queries.ts'
import { type Scope, type Variable, scope } from '../scope.ts'

export const llmVariables: readonly Variable[] = [
  {
    name: 'service',
    label: 'Service',
    metric: metrics.inferenceDuration,
    attribute: 'service.name',
  },
  {
    name: 'provider',
    label: 'Provider',
    metric: metrics.inferenceDuration,
    attribute: 'gen_ai.provider.name',
  },
  {
    name: 'model',
    label: 'Model',
    metric: metrics.inferenceDuration,
    attribute: 'gen_ai.request.model',
  },
]

/** Metrics of LLM applications under the choice of service, provider and model. */
export const llm: Scope = scope(llmVariables)

/** Calls that failed. One that its caller cancelled did not. */
export const failed: Where = { 'error.type': '!=""', 'llmscope.error.category': '!="cancelled"' }

export const MODEL = 'gen_ai.request.model'
export const PROVIDER = 'gen_ai.provider.name'
export const SERVICE = 'service.name'
export const KIND = 'llmscope.rate_limit.kind'

/** What one process does with one model. */
export const CLIENT: readonly string[] = ['job', 'instance', PROVIDER, MODEL]

export const NO_CALLS = 'No LLM calls in this time range'
