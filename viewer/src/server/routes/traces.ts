import type { Facets, TraceDetail, TraceList } from '../../api.ts'
import type { Message } from '../../otlp/messages.ts'
import type { Route } from '../route.ts'

export const traces: readonly Route[] = [
  {
    path: '/data/traces',
    answer: ({ store, parameters }): TraceList =>
      store.traces.list({
        facets: {
          service: parameters.list('service'),
          model: parameters.list('model'),
          provider: parameters.list('provider'),
          operation: parameters.list('operation'),
        },
        conversation: parameters.text('conversation'),
        user: parameters.text('user'),
        errors: parameters.flag('errors'),
        minDuration: parameters.number('minDuration'),
        maxDuration: parameters.number('maxDuration'),
        minCost: parameters.number('minCost'),
        maxCost: parameters.number('maxCost'),
        from: parameters.number('from'),
        to: parameters.number('to'),
        text: parameters.text('text'),
        limit: parameters.limit(50, 500),
        cursor: parameters.text('cursor'),
      }),
  },
  { path: '/data/facets', answer: ({ store }): Facets => store.traces.facets() },
  {
    path: '/data/traces/{id}',
    answer: ({ store, id }): TraceDetail | undefined => store.trace(id),
  },
  {
    path: '/data/traces/{id}/otlp',
    answer: ({ store, id }): Message | undefined => store.otlp(id),
  },
]
