import type { Comparison } from './compare.ts'
import { reportCosts } from './report-costs.ts'
import { reportGrowth } from './report-growth.ts'

/** What is compared, in this order. */
export const comparisons: readonly Comparison[] = [
  {
    title: 'CPU of a call',
    work: 'calls',
    count: 200,
    piecesPerSpan: 1,
    sessions: 2,
    rounds: 25,
    warmUp: 15,
    content: [false, true],
    report: reportCosts,
  },
  {
    title: 'CPU of a streamed chunk',
    work: 'chunks',
    count: 3000,
    piecesPerSpan: 3000,
    sessions: 2,
    rounds: 20,
    warmUp: 5,
    content: [false, true],
    report: reportCosts,
  },
  {
    title: 'Wait for the first chunk',
    work: 'first-chunks',
    count: 100,
    piecesPerSpan: 1,
    sessions: 3,
    rounds: 20,
    warmUp: 10,
    content: [false],
    columns: ['bare', 'llmscope', 'hand-written'],
    // what is exported while a stream waits is not what the stream waits for
    env: { OTEL_BSP_SCHEDULE_DELAY: '60000' },
    report: reportCosts,
  },
  {
    title: 'Memory',
    work: 'memory',
    // a million calls over three clients
    count: 34_000,
    piecesPerSpan: 1,
    sessions: 1,
    rounds: 10,
    warmUp: 1,
    content: [false],
    columns: ['llmscope'],
    report: reportGrowth,
  },
]
