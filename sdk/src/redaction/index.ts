import { network } from './network.ts'
import { payment } from './payment.ts'
import { people } from './people.ts'
import type { RedactionRule } from './rule.ts'
import { secrets } from './secrets.ts'
import { tokens } from './tokens.ts'

/**
 * What is redacted where nothing else is said. What is certain by its form comes before what is
 * likely: a key that holds digits is a key, and not a phone. Neighbours with the same hint share one look.
 */
export const builtInRules: readonly RedactionRule[] = [
  ...tokens,
  ...secrets,
  ...network,
  ...people.filter(({ name }) => name === 'email'),
  ...payment,
  ...people.filter(({ name }) => name !== 'email'),
]
