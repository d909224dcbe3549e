/** The API under `/data` as an OpenAPI document; what lies within the answers is told by the types of `api.ts`. */

/** One path: what it answers, what may be asked, and the properties of the answer. */
interface Described {
  readonly says: string
  readonly asks?: readonly string[]
  readonly has: readonly string[]
  readonly mayHave?: readonly string[]
}

const RANGE = ['from', 'to', 'step']
const NUMBERS: ReadonlySet<string> = new Set([
  ...RANGE,
  'limit',
  'minDuration',
  'maxDuration',
  'minCost',
  'maxCost',
  'minSeverity',
])
const REPEATED: ReadonlySet<string> = new Set(['by', 'where', 'run', 'metric', 'event'])

/** Every path that answers JSON of its own. */
export const DESCRIBED: Readonly<Record<string, Described>> = {
  '/data/status': {
    says: 'Where it listens, what it keeps and has received.',
    has: ['version', 'started', 'listens', 'storage', 'received'],
  },
  '/data/traces': {
    says: 'Traces, newest first.',
    asks: [
      'service',
      'model',
      'provider',
      'operation',
      'conversation',
      'user',
      'errors',
      'text',
      'minDuration',
      'maxDuration',
      'minCost',
      'maxCost',
      'from',
      'to',
      'limit',
      'cursor',
    ],
    has: ['traces'],
    mayHave: ['cursor'],
  },
  '/data/facets': {
    says: 'Values to filter traces by.',
    has: ['services', 'models', 'providers', 'operations'],
  },
  '/data/traces/{id}': {
    says: 'A trace with its spans, scores and logs.',
    has: ['summary', 'resources', 'scopes', 'spans', 'scores', 'logs'],
  },
  '/data/traces/{id}/otlp': { says: "A trace as it came, as OTLP's JSON.", has: ['resourceSpans'] },
  '/data/overview': {
    says: 'Calls of models, in all, by step and by model.',
    asks: [...RANGE, 'service', 'model', 'provider', 'operation'],
    has: [...RANGE, 'total', 'steps', 'models', 'errors'],
  },
  '/data/metrics': { says: 'What metrics there are.', has: ['metrics'] },
  '/data/metrics/query': {
    says: 'A metric, by step and by group.',
    asks: ['name', 'by', 'where', 'of', ...RANGE],
    has: ['metric', ...RANGE, 'times', 'series', 'omitted'],
    mayHave: ['heatmap'],
  },
  '/data/hosts': { says: 'Hosts and GPUs with their latest values.', has: ['hosts'] },
  '/data/runs': { says: 'Training runs, newest first.', has: ['runs'] },
  '/data/runs/series': {
    says: 'Values of runs, by time and step.',
    asks: ['run', 'metric', 'limit'],
    has: ['series'],
  },
  '/data/runs/{id}': {
    says: 'A training run with what happened in it.',
    has: ['run', 'series', 'checkpoints', 'anomalies', 'phases', 'spanTraceIds'],
  },
  '/data/logs': {
    says: 'Log records and events, newest first.',
    asks: ['service', 'event', 'minSeverity', 'trace', 'text', 'from', 'to', 'limit', 'cursor'],
    has: ['logs'],
    mayHave: ['cursor'],
  },
  '/data/sessions': {
    says: 'Conversations, newest first.',
    asks: ['limit', 'cursor'],
    has: ['sessions'],
    mayHave: ['cursor'],
  },
  '/data/sessions/{id}': {
    says: 'A conversation with its traces and scores.',
    has: ['session', 'traces', 'scores'],
  },
}

const FAILED = {
  description: 'Why not.',
  content: {
    'application/json': {
      schema: {
        type: 'object',
        required: ['error'],
        properties: { error: { type: 'string' } },
      },
    },
  },
}

/** The document. */
export function openApi(version: string): object {
  return {
    openapi: '3.1.0',
    info: { title: '@llmscope/viewer', version },
    paths: Object.fromEntries(
      Object.entries(DESCRIBED).map(([path, described]) => [
        path,
        { get: operation(path, described) },
      ]),
    ),
  }
}

function operation(path: string, { says, asks = [], has, mayHave = [] }: Described): object {
  const properties = Object.fromEntries([...has, ...mayHave].map((name) => [name, {}]))
  const schema = { type: 'object', required: has, properties, additionalProperties: false }
  const id = { name: 'id', in: 'path', required: true, schema: { type: 'string' } }
  const isOne = path.includes('{id}')
  return {
    summary: says,
    parameters: [...(isOne ? [id] : []), ...asks.map((name) => parameter(name, path))],
    responses: {
      200: { description: says, content: { 'application/json': { schema } } },
      400: FAILED,
      ...(isOne && { 404: FAILED }),
    },
  }
}

function parameter(name: string, path: string): object {
  const type = NUMBERS.has(name) ? 'number' : 'string'
  const isFacet =
    path === '/data/traces' && ['service', 'model', 'provider', 'operation'].includes(name)
  const isList = REPEATED.has(name) || isFacet
  return {
    name,
    in: 'query',
    schema: isList ? { type: 'array', items: { type } } : { type },
  }
}
