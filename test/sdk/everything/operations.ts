import { agent, embedding, retrieval, score, start, tool, workflow } from '@llmscope/sdk'

const refuse = (): never => {
  throw new Error('refused')
}

function* endless(): Generator<number> {
  for (;;) yield 0
}

/** Everything that the application marks itself: as it goes well, fails, and is left alone. */
export function runOperations(): void {
  const kinds = [run(workflowOf), run(agentOf), run(toolOf), run(retrievalOf), run(embeddingOf)]
  for (const kind of kinds) kind()
  for (const type of ['extension', 'datastore'] as const) tool({ name: 'look', type }, () => 1)
  agent('stuck', () => {
    for (let times = 0; times < 3; times += 1) tool({ name: 'look', arguments: 'there' }, () => 1)
  })
  score('chatcmpl-gpt-4o', { name: 'relevance', value: 0.5, label: 'fair', explanation: 'Short' })
}

type Operation = (fn: () => unknown) => unknown

const workflowOf: Operation = (fn) => workflow({ name: 'flow', description: 'Answers' }, fn)
const agentOf: Operation = (fn) =>
  agent({ name: 'planner', description: 'Plans', model: 'gpt-4o' }, fn)
const toolOf: Operation = (fn) =>
  agent('planner', () =>
    tool({ name: 'weather', description: 'Tells', callId: 'call_1', arguments: { at: 'x' } }, fn),
  )
const retrievalOf: Operation = (fn) =>
  retrieval({ dataSource: 'handbook', provider: 'pgvector', query: 'x', topK: 3 }, fn)
const embeddingOf: Operation = (fn) => embedding({ model: 'e', provider: 'local' }, fn)

function run(operation: Operation): () => void {
  return () => {
    operation(() => [{ id: 'a', score: 0.5 }])
    try {
      operation(refuse)
    } catch {
      // it is its own error
    }
    operation(endless)
  }
}

/** A fault in telemetry, which only its own counter tells of. */
export function fail(): void {
  start({ captureContent: 'span_only', redact: refuse })
  tool({ name: 'weather', arguments: { at: 'x' } }, () => undefined)
}
