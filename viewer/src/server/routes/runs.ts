import type { RunDetail, RunList, RunSeriesList } from '../../api/training.ts'
import type { Route } from '../route.ts'

export const runs: readonly Route[] = [
  { path: '/data/runs', answer: ({ store }): RunList => store.runs.list() },
  {
    path: '/data/runs/series',
    answer: ({ store, parameters }): RunSeriesList => {
      const most = parameters.limit(2000, 20_000)
      return {
        series: parameters
          .list('run')
          .flatMap((run) =>
            parameters.list('metric').map((metric) => store.runs.series(run, metric, most)),
          ),
      }
    },
  },
  {
    path: '/data/runs/{id}',
    answer: ({ store, id }): RunDetail | undefined => store.runs.find(id),
  },
]
