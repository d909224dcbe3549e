import type { Attributes } from '@opentelemetry/api'
import { factNames, overflowAttributes, tagName } from './context-attributes.ts'
import { settings } from '../options.ts'

// Far more than anybody compares: beyond it, a variant or tag is no choice among few.
const MOST = 200

const known = new Map<string, Attributes>()

/**
 * The facts that metrics carry: the variant, and the tags that the application allows. The same facts
 * give the same object, which nobody may change; facts that are new when there are too many already
 * give the one of the overflow.
 */
export function dimensionsOf(facts: Attributes): Attributes | undefined {
  const names = [factNames.variant, ...settings().metricTags.map(tagName)].filter(
    (name) => name in facts,
  )
  if (names.length === 0) return undefined
  const attributes = Object.fromEntries(names.map((name) => [name, facts[name]]))
  const key = JSON.stringify(attributes)
  const same = known.get(key)
  if (same) return same
  if (known.size >= MOST) return overflowAttributes
  known.set(key, Object.freeze(attributes))
  return attributes
}
