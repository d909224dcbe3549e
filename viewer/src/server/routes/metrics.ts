import type { HostList, MetricList, MetricQuery } from '../../api/metrics.ts'
import type { MetricFilter } from '../../store/metric-reader.ts'
import { QueryError } from '../query.ts'
import type { Route } from '../route.ts'
import { range } from './calls.ts'

export const metrics: readonly Route[] = [
  { path: '/data/metrics', answer: ({ store }): MetricList => store.metrics.list() },
  {
    path: '/data/metrics/query',
    answer: ({ store, parameters }): MetricQuery | undefined => {
      const name = parameters.text('name')
      if (name === undefined)
        throw new QueryError('name is the metric, such as name=system.uptime.')
      return store.metrics.query(
        {
          name,
          by: parameters.list('by'),
          where: parameters.list('where').map(condition),
          of: way(parameters.text('of')),
        },
        range(parameters),
      )
    },
  },
  { path: '/data/hosts', answer: ({ store }): HostList => store.hosts() },
]

function condition(given: string): readonly [string, string] {
  const place = given.indexOf('=')
  if (place > 0) return [given.slice(0, place), given.slice(place + 1)]
  throw new QueryError(`where is attribute=value, not ${given}.`)
}

function way(given = 'mean'): MetricFilter['of'] {
  if (given === 'mean' || given === 'sum' || given === 'max') return given
  throw new QueryError(`of is mean, sum or max, not ${given}.`)
}
