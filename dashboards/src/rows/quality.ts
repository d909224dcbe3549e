import { metrics } from '@llmscope/sdk/catalogue'
import { graph, heatmap } from '../kit.ts'
import { distribution, mean, rate } from '../queries.ts'
import type { Row } from '../row.ts'
import { MODEL, llm } from '../scopes/llm.ts'

const EVALUATION = 'gen_ai.evaluation.name'
const scores = llm(metrics.score)
const NO_SCORES = 'Nothing was scored in this time range: see score() in the SDK'

export const quality: Row = {
  title: 'Quality',
  panels: [
    graph({
      title: 'Mean score by evaluation and model',
      description:
        'Mean of the scores that were given, from 0 to 1 unless the evaluation says otherwise.',
      unit: 'short',
      queries: {
        '{{gen_ai_evaluation_name}} {{gen_ai_request_model}}': mean(scores, [EVALUATION, MODEL]),
      },
      empty: NO_SCORES,
    }),
    heatmap({
      title: 'Scores, distribution',
      description: 'How many scores had which value.',
      unit: 'short',
      queries: { '{{le}}': distribution(scores) },
      empty: NO_SCORES,
    }),
    graph({
      title: 'Scores by label',
      description: 'Scores given per second, by evaluation and the label of the score.',
      unit: 'short',
      queries: {
        '{{gen_ai_evaluation_name}} {{gen_ai_evaluation_score_label}}': rate(scores, [
          EVALUATION,
          'gen_ai.evaluation.score.label',
        ]),
      },
      stacked: true,
      empty: NO_SCORES,
    }),
  ],
}
