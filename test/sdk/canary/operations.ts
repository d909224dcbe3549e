import { agent, embedding, retrieval, score, tool, trainingRun, workflow } from '@llmscope/sdk'
import { trace } from '@opentelemetry/api'
import type { Call, Canary } from './canary.ts'

const NOBODY = { body: {} }

/** What the application marks itself. */
export const operations: Canary = {
  name: 'operations',
  calls: (_, { in: plant, key }) => {
    const refuse = (field: string) => (): never => {
      throw new Error(plant(field), { cause: new Error(plant(`${field}-cause`)) })
    }
    const runs: (() => unknown)[] = [
      () => tool({ name: 'look', arguments: { a: [plant('arguments')] } }, () => plant('result')),
      () => tool({ name: 'look', arguments: plant('arguments-text') }, refuse('tool-error')),
      () =>
        tool(
          { name: 'look', arguments: { [plant('name')]: 1, password: 'planted-password' } },
          () => ({
            number: 4111111111111111,
            list: [Buffer.from(plant('bytes')), new Date(0), null],
          }),
        ),
      () => retrieval({ dataSource: 'docs', query: plant('query') }, refuse('retrieval-error')),
      () =>
        retrieval({ dataSource: 'docs', query: 'x' }, () => [{ id: plant('document'), score: 1 }]),
      () => agent('planner', refuse('agent-error')),
      () => agent('planner', () => Promise.reject(new Error(plant('rejection')))),
      () => workflow('steps', refuse('workflow-error')),
      () => embedding({ model: 'e', provider: 'p' }, refuse('embedding-error')),
      () =>
        tool('look', () => {
          // oxlint-disable-next-line no-throw-literal -- applications do throw such things
          throw { name: key('thrown-name'), code: key('thrown-code'), message: plant('thrown') }
        }),
      () =>
        tool('look', (span) =>
          score(span, { name: 'quality', value: 1, explanation: plant('explanation') }),
        ),
      () => trainingRun({ name: 'run' }, refuse('training-error')),
      () =>
        trainingRun({ name: 'run' }, (run) =>
          run.evaluation('held-out', refuse('evaluation-error')),
        ),
      () => tool('look', () => trace.getActiveSpan()?.spanContext()),
    ]
    return runs.map((run): Call => ({ answer: NOBODY, run }))
  },
}
