import {
  type Attributes,
  type Baggage,
  context,
  type Context,
  createContextKey,
  propagation,
} from '@opentelemetry/api'
import { dimensionsOf } from './dimensions.ts'
import { type ContextFacts, factAttributes, receivedAttributes } from './facts.ts'
import { guard } from '../guard.ts'
import { bindSteps, isIterationOnly, isIterator, onIterator } from '../calls/iterator.ts'
import { settings } from '../options.ts'
import { isObserved } from '../started.ts'
import { within } from '../within.ts'

/** What is known of everything that runs in one context. */
export interface Facts {
  /** Of spans and events. */
  readonly attributes: Attributes
  /** Of metrics: the few that are few in their values. */
  readonly dimensions: Attributes | undefined
}

const KEY = createContextKey('llmscope facts')

const received = new WeakMap<Baggage, Facts>()

/**
 * Runs `fn` with facts that all spans and events of llmscope inside get as attributes, across
 * promises, generators and streams, and returns what it returns. What an outer `withContext` said
 * holds on where this one says nothing. Never throws but what `fn` throws: a wrong fact is left out.
 *
 * @example
 * await withContext({ conversationId, userId, variant: 'b' }, () => answer(question))
 */
export function withContext<T>(facts: ContextFacts, fn: () => T): T {
  const inside = guard('context', () => (isObserved() ? enter(facts) : undefined))
  if (!inside) return fn()
  const result = within(inside, fn)
  return (guard('context result', () => keepInside(result, inside)) ?? result) as T
}

/** What is known of what runs in a context: by `withContext`, or from who called this service. */
export function factsIn(active: Context): Facts | undefined {
  return (active.getValue(KEY) as Facts | undefined) ?? factsOf(propagation.getBaggage(active))
}

/** A context for what is told later of a call that had these facts. */
export function withFacts(active: Context, facts: Facts | undefined): Context {
  return facts ? active.setValue(KEY, facts) : active
}

function enter(facts: ContextFacts): Context {
  const active = context.active()
  const outer = factsIn(active)?.attributes ?? {}
  const inner = factAttributes(facts, outer)
  if (Object.keys(inner).length === 0) return active
  const inside = active.setValue(KEY, asFacts({ ...outer, ...inner }))
  return facts.propagate === true ? withBaggage(inside, inner) : inside
}

function asFacts(attributes: Attributes): Facts {
  return { attributes, dimensions: dimensionsOf(attributes) }
}

function withBaggage(active: Context, attributes: Attributes): Context {
  let baggage = propagation.getBaggage(active) ?? propagation.createBaggage()
  for (const [name, value] of Object.entries(attributes)) {
    baggage = baggage.setEntry(name, { value: String(value) })
  }
  return propagation.setBaggage(active, baggage)
}

function factsOf(baggage: Baggage | undefined): Facts | undefined {
  if (!baggage || !settings().readBaggage) return undefined
  const known = received.get(baggage)
  if (known) return known
  return guard('baggage', () => {
    const entries = baggage.getAllEntries().map(([name, { value }]) => [name, value] as const)
    const facts = asFacts(receivedAttributes(entries))
    received.set(baggage, facts)
    return facts
  })
}

/** Has the steps of a generator or stream run inside as well; gives back the same, or a promise of it. */
function keepInside(result: unknown, inside: Context): unknown {
  // a client's own promise is left alone: to look at its value is to read the body
  if (result instanceof Promise) {
    return result.constructor === Promise
      ? result.then((value: unknown) => guard('context result', () => bind(value, inside)) ?? value)
      : result
  }
  return bind(result, inside)
}

function bind(value: unknown, inside: Context): unknown {
  if (isIterator(value)) bindSteps(value, inside)
  else if (isIterationOnly(value)) onIterator(value, (iterator) => bindSteps(iterator, inside))
  return value
}
