import { type Carrier, FACTS } from './carrier.ts'
import { inference, LOCAL } from './inference.ts'
import { GEN_AI, OURS, type Standing, standing } from './standing.ts'

interface Kind extends Carrier {
  readonly name: string
  readonly severity: 'DEBUG' | 'INFO' | 'WARN' | undefined
}

/** A kind of event: a log record with a name. */
export type EventEntry = Kind & Standing

const genAi: readonly Kind[] = [
  {
    name: 'gen_ai.client.inference.operation.details',
    severity: 'DEBUG',
    meaning:
      'One call of a model with its content, in the modes `event_only` and `span_and_event`.',
    ...inference,
    known: [...inference.known, ...LOCAL],
  },
  {
    name: 'gen_ai.evaluation.result',
    severity: 'INFO',
    meaning: 'A score, in the trace of what was judged.',
    always: ['gen_ai.evaluation.name'],
    known: [
      'gen_ai.evaluation.score.value',
      'gen_ai.evaluation.score.label',
      'gen_ai.response.id',
      ...FACTS,
    ],
    captured: ['gen_ai.evaluation.explanation'],
  },
]

const own: readonly Kind[] = [
  {
    name: 'training.step',
    severity: 'DEBUG',
    meaning: 'One step. A long run is thinned out; the first, the last and the extremes stay.',
    always: ['training.run.id', 'training.run.name', 'training.step.index'],
    known: [
      'training.step.loss',
      'training.step.learning_rate',
      'training.step.gradient_norm',
      'training.step.tokens',
      'training.step.samples',
      'training.step.memory',
      'training.step.metric.<metric>',
      'training.rank',
      ...FACTS,
    ],
  },
  {
    name: 'training.anomaly',
    severity: 'WARN',
    meaning: 'Something is wrong with a run; told once for as long as it lasts.',
    always: ['training.run.id', 'training.run.name', 'training.anomaly.type'],
    known: [
      'training.step.index',
      'training.epoch.index',
      'training.anomaly.field',
      'training.anomaly.value',
      'training.anomaly.loss',
      'training.anomaly.score',
      'training.anomaly.median',
      'training.anomaly.deviation',
      'training.anomaly.best',
      'training.anomaly.best_step',
      'training.anomaly.mean',
      'training.anomaly.mean_before',
      'training.anomaly.steps',
      'training.anomaly.idle_seconds',
      'training.anomaly.median_step_seconds',
      'training.anomaly.gradient_norm',
      'training.anomaly.rate',
      'training.anomaly.rate_before',
      'training.rank',
      ...FACTS,
    ],
  },
  {
    name: 'training.advice',
    severity: 'INFO',
    meaning: 'What may be done about a run; told once, and never done.',
    always: [
      'training.run.id',
      'training.run.name',
      'training.advice.type',
      'training.evaluation.name',
      'training.advice.loss',
      'training.advice.best',
      'training.advice.evaluations',
    ],
    known: [
      'training.advice.best_step',
      'training.step.index',
      'training.epoch.index',
      'training.rank',
      ...FACTS,
    ],
  },
  {
    name: 'training.sample',
    severity: 'INFO',
    meaning:
      'What the model in training generates, in the modes `event_only` and `span_and_event`.',
    always: ['training.run.id', 'training.run.name'],
    known: ['training.step.index', 'training.epoch.index', 'training.rank', ...FACTS],
    captured: ['training.sample.prompt', 'training.sample.output'],
  },
  {
    name: 'llmscope.doctor.canary',
    severity: undefined,
    meaning: 'What `llmscope doctor` sends, to see whether it arrives.',
    always: [],
    known: [],
  },
]

/** Every event that the SDK emits. */
export const events: readonly EventEntry[] = [...standing(GEN_AI, genAi), ...standing(OURS, own)]
