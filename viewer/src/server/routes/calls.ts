import type { Overview } from '../../api/overview.ts'
import { type Range, rangeOf } from '../../store/range.ts'
import type { Parameters } from '../query.ts'
import type { Route } from '../route.ts'

export const calls: readonly Route[] = [
  {
    path: '/data/overview',
    answer: ({ store, parameters }): Overview =>
      store.overview(range(parameters), {
        service: parameters.text('service'),
        model: parameters.text('model'),
        provider: parameters.text('provider'),
        operation: parameters.text('operation'),
      }),
  },
]

/** The stretch of time that parameters ask for. */
export function range(parameters: Parameters): Range {
  return rangeOf({
    from: parameters.number('from'),
    to: parameters.number('to'),
    step: parameters.number('step'),
  })
}
