import { metrics } from '@llmscope/sdk/catalogue'
import { graph } from '../kit.ts'
import { increase, orZero, over, partOf, perHour, rate } from '../queries.ts'
import type { Row } from '../row.ts'
import { MODEL, NO_CALLS, PROVIDER, SERVICE, llm } from '../scopes/llm.ts'

const spent = llm(metrics.cost)
const NO_COST = 'No calls with a known price in this time range'
const LIST = 'By the list prices of the providers; calls without a known price are not in it.'

export const cost: Row = {
  title: 'Cost',
  panels: [
    graph({
      title: 'Cost per hour by model',
      description: `What the calls come to in an hour, at every time. ${LIST}`,
      unit: 'currencyUSD',
      queries: { '{{gen_ai_request_model}}': perHour(rate(spent, [MODEL])) },
      stacked: true,
      empty: NO_COST,
    }),
    graph({
      title: 'Cost of 24 hours by model',
      description: `What the calls of the last 24 hours cost, at every time. ${LIST}`,
      unit: 'currencyUSD',
      queries: { '{{gen_ai_request_model}}': increase(spent, [MODEL], '1d') },
      stacked: true,
      empty: NO_COST,
    }),
    graph({
      title: 'Cost per hour by service',
      description: `Which applications the calls are for. ${LIST}`,
      unit: 'currencyUSD',
      queries: { '{{service_name}}': perHour(rate(spent, [SERVICE])) },
      stacked: true,
      empty: NO_COST,
    }),
    graph({
      title: 'Cost of a call by model',
      description:
        'Mean cost of an inference call. Failed calls count, as calls that cost nothing.',
      unit: 'currencyUSD',
      queries: {
        '{{gen_ai_request_model}}': over(
          rate(spent, [MODEL]),
          rate(llm(metrics.inferenceDuration), [MODEL]),
        ),
      },
      empty: NO_COST,
    }),
    graph({
      title: 'Share of the cost by provider',
      description: 'How the cost is split between the providers.',
      unit: 'percentunit',
      queries: { '{{gen_ai_provider_name}}': partOf(rate(spent, [PROVIDER]), rate(spent)) },
      max: 1,
      stacked: true,
      empty: NO_COST,
    }),
    graph({
      title: 'Calls per second without a cost by model',
      description:
        'Calls whose cost is unknown, so that the cost above is too low: `npx @llmscope/sdk prices` says what is known of a model.',
      unit: 'short',
      queries: {
        '{{gen_ai_request_model}}': orZero(
          rate(llm(metrics.unpricedCalls), [MODEL]),
          rate(llm(metrics.inferenceDuration), [MODEL]),
        ),
      },
      empty: NO_CALLS,
    }),
  ],
}
