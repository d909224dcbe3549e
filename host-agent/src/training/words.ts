/** What the numbers that a tool logged at one step are, in the words of a training run. */
export interface Words {
  readonly loss?: number
  readonly learningRate?: number
  readonly gradientNorm?: number
  readonly tokens?: number
  readonly samples?: number
  readonly memory?: number
  /** Tokens since the start of the run. */
  readonly tokensSeen?: number
  /** Where the run is, in passes over the data; within the first one, below 1. */
  readonly epoch?: number
  /** What is nothing of these, by its own name. */
  readonly metrics: Readonly<Record<string, number>>
  /** Results of evaluations by their names. */
  readonly evaluations: ReadonlyMap<string, Readonly<Record<string, number>>>
}

type Field = Exclude<keyof Words, 'metrics' | 'evaluations'>

/** How the tools, and those who use them, spell what a run has a name of its own for. */
const SPELLINGS: Readonly<Record<Field, readonly string[]>> = {
  loss: [
    'loss',
    'train_loss',
    'training_loss',
    'train/loss',
    'loss/train',
    'train_loss_step',
    'batch_loss',
    'train/batch_loss',
  ],
  learningRate: ['learning_rate', 'lr', 'train/learning_rate', 'train/lr'],
  gradientNorm: [
    'grad_norm',
    'gradient_norm',
    'gradnorm',
    'train/grad_norm',
    'train/gradient_norm',
  ],
  tokens: ['tokens', 'train/tokens'],
  samples: ['samples', 'train/samples'],
  memory: ['memory', 'train/memory'],
  tokensSeen: ['num_input_tokens_seen', 'train/num_input_tokens_seen'],
  epoch: ['epoch', 'train/epoch'],
}

const FIELDS = new Map<string, Field>(
  Object.entries(SPELLINGS).flatMap(([field, names]) =>
    names.map((name): [string, Field] => [name, field as Field]),
  ),
)

const BEFORE = /^(eval|evaluation|val|valid|validation|test|dev)[_/.](.+)$/i
const AFTER = /^(.+)\/(eval|evaluation|val|valid|validation|test|dev)$/i
const LONGEST_NAME = 128

/** Sorts what a tool logged together. Nothing is lost: what has no name of its own keeps the one that it came with. */
export function wordsOf(logged: Readonly<Record<string, number>>): Words {
  const fields: Partial<Record<Field, number>> = {}
  const metrics: Record<string, number> = {}
  const evaluations = new Map<string, Record<string, number>>()
  // Transformers ends with the mean loss of the whole training, under the name that others give to that of a step
  const isSummary = 'train_runtime' in logged
  for (const [key, value] of Object.entries(logged)) {
    const field = FIELDS.get(key.toLowerCase())
    const evaluated = evaluationOf(key)
    if (field !== undefined && !(isSummary && field === 'loss')) fields[field] ??= value
    else if (evaluated) {
      const [evaluation, metric] = evaluated
      const result = evaluations.get(evaluation) ?? {}
      evaluations.set(evaluation, { ...result, [metric]: value })
    } else metrics[key.slice(0, LONGEST_NAME)] = value
  }
  return { ...fields, metrics, evaluations }
}

/** The evaluation that a number is of, and its name there. */
function evaluationOf(key: string): readonly [string, string] | undefined {
  const [, before, name = ''] = BEFORE.exec(key) ?? []
  const [, first = '', after] = AFTER.exec(key) ?? []
  const evaluation = before ?? after
  if (evaluation === undefined) return undefined
  const metric = (before === undefined ? first : name).slice(0, LONGEST_NAME)
  return [evaluation.toLowerCase(), /^loss$/i.test(metric) ? 'loss' : metric]
}

/** Seconds that an evaluation took, as Transformers tells it among its results. */
export function runtimeOf(result: Readonly<Record<string, number>>): number {
  const { runtime = 0 } = result
  return Number.isFinite(runtime) && runtime > 0 ? runtime : 0
}
