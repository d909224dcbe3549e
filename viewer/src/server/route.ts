import type { Status } from '../api/general.ts'
import type { Store } from '../store/store.ts'
import type { Parameters } from './query.ts'

export interface Asked {
  readonly store: Store
  readonly status: () => Status
  readonly parameters: Parameters
  /** What stands in the path where the route's pattern has `{id}`; '' where it has none. */
  readonly id: string
}

/** One path of the API. */
export interface Route {
  /** The path, with `{id}` for one part that varies. */
  readonly path: string
  /** Returns what is answered, as JSON, or undefined where there is nothing of that id. */
  readonly answer: (asked: Asked) => unknown
}
