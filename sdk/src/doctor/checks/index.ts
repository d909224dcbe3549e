import type { Check } from '../check.ts'
import { application } from './application.ts'
import { clients } from './clients.ts'
import { endpoint } from './endpoint.ts'
import { node } from './node.ts'
import { packages } from './packages.ts'
import { sizes } from './sizes.ts'
import { variables } from './variables.ts'

/** Everything that the doctor looks at, in the order in which it is told. */
export const checks: readonly Check[] = [
  node,
  packages,
  clients,
  variables,
  application,
  sizes,
  endpoint,
]
