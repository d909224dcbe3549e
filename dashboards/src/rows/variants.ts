import { metrics } from '@llmscope/sdk/catalogue'
import { graph } from '../kit.ts'
import { mean, over, quantile, rate } from '../queries.ts'
import type { Row } from '../row.ts'
import { llm } from '../scopes/llm.ts'

const EVALUATION = 'gen_ai.evaluation.name'
const VARIANT = 'llmscope.variant'
const named = { [VARIANT]: '!=""' }
const NO_VARIANTS = 'No call had a variant in this time range: see withContext() in the SDK'

export const variants: Row = {
  title: 'Variants',
  panels: [
    graph({
      title: 'Mean score by variant',
      description: 'Mean of the scores that the calls of each variant were given.',
      unit: 'short',
      queries: {
        '{{llmscope_variant}}: {{gen_ai_evaluation_name}}': mean(llm(metrics.score, named), [
          EVALUATION,
          VARIANT,
        ]),
      },
      width: 6,
      empty: NO_VARIANTS,
    }),
    graph({
      title: 'Call duration p95 by variant',
      description:
        '95 of 100 calls of a variant took no longer, retries and the whole stream included.',
      unit: 's',
      queries: {
        '{{llmscope_variant}}': quantile(0.95, llm(metrics.inferenceDuration, named), [VARIANT]),
      },
      width: 6,
      empty: NO_VARIANTS,
    }),
    graph({
      title: 'Output tokens per call by variant',
      description: 'Mean number of output tokens of one call, reasoning included.',
      unit: 'short',
      queries: {
        '{{llmscope_variant}}': mean(llm(metrics.inferenceOutputTokens, named), [VARIANT]),
      },
      width: 6,
      empty: NO_VARIANTS,
    }),
    graph({
      title: 'Cost of a call by variant',
      description: 'Mean cost of an inference call by the list prices of the providers.',
      unit: 'currencyUSD',
      queries: {
        '{{llmscope_variant}}': over(
          rate(llm(metrics.cost, named), [VARIANT]),
          rate(llm(metrics.inferenceDuration, named), [VARIANT]),
        ),
      },
      width: 6,
      empty: NO_VARIANTS,
    }),
  ],
}
