import type { Route } from '../route.ts'
import { traces } from './traces.ts'

/** Every path of the API. */
export const routes: readonly Route[] = [...traces]
