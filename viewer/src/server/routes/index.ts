import { openApi } from '../openapi.ts'
import type { Route } from '../route.ts'
import { calls } from './calls.ts'
import { jaeger } from './jaeger.ts'
import { logs } from './logs.ts'
import { metrics } from './metrics.ts'
import { runs } from './runs.ts'
import { traces } from './traces.ts'

/** Every path of the API. */
export const routes: readonly Route[] = [
  { path: '/data/status', answer: ({ status }) => status() },
  { path: '/data/openapi.json', answer: ({ status }) => openApi(status().version) },
  ...traces,
  ...calls,
  ...metrics,
  ...runs,
  ...logs,
  ...jaeger,
]
