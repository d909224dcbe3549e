import type { LogList, SessionDetail, SessionList } from '../../api/sessions.ts'
import type { Route } from '../route.ts'

export const logs: readonly Route[] = [
  {
    path: '/data/logs',
    answer: ({ store, parameters }): LogList =>
      store.logs.list({
        service: parameters.text('service'),
        events: parameters.list('event'),
        minSeverity: parameters.number('minSeverity'),
        trace: parameters.text('trace'),
        text: parameters.text('text'),
        from: parameters.number('from'),
        to: parameters.number('to'),
        limit: parameters.limit(100, 1000),
        cursor: parameters.text('cursor'),
      }),
  },
  {
    path: '/data/sessions',
    answer: ({ store, parameters }): SessionList =>
      store.sessions.list(parameters.limit(50, 200), parameters.text('cursor')),
  },
  {
    path: '/data/sessions/{id}',
    answer: ({ store, id }): SessionDetail | undefined => store.sessions.find(id),
  },
]
