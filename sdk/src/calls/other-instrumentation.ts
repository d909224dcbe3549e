import { isInstalled, isLoaded } from '#platform'
import { context, type Context, INVALID_SPAN_CONTEXT, type Span, trace } from '@opentelemetry/api'
import type { Adapter } from './adapter.ts'
import { isSpanOf } from '../attributes.ts'
import type { Operation } from './genai.ts'
import type { Callable } from './replace.ts'
import { reportOther } from '../report.ts'
import { SCOPE } from '../scope.ts'
import { readVendorSpan } from './vendor-agents.ts'

type Attributes = Readonly<Record<string, unknown>>

/** What SDKs from 1.x to 3.x let their spans tell. */
interface ReadableSpan extends Span {
  readonly attributes?: Attributes
  readonly instrumentationScope?: { readonly name: string }
  readonly instrumentationLibrary?: { readonly name: string }
}

/** Who has wrapped a method before us. */
const wrappers = new WeakMap<Callable, string>()

/** Notes a method that one of the adapter's other instrumentations has wrapped before us. */
export function noteWrapper({ others = [] }: Adapter, original: Callable): void {
  if (!wrappedBy(original)) return
  const name = others.find(isLoaded) ?? others.find(isInstalled)
  if (name !== undefined) wrappers.set(original, name)
}

/**
 * Who else makes a span for this call, inside of ours or around it. Its span stays the only one: two
 * would count every call twice.
 */
export function otherInstrumentation(
  { module }: Adapter,
  original: Callable,
  operation: Operation,
): string | undefined {
  const name = wrappers.get(original) ?? around(operation)
  if (name !== undefined) reportOther(module, name)
  return name
}

/** What a call of ours has in place of a span of its own: one that is where theirs is, and says nothing. */
export function othersSpan(active: Context): Span {
  return trace.wrapSpanContext(trace.getSpanContext(active) ?? INVALID_SPAN_CONTEXT)
}

function around(operation: Operation): string | undefined {
  const span: ReadableSpan | undefined = trace.getSpan(context.active())
  const vendors = span && !span.attributes ? readVendorSpan(span) : undefined
  const attributes = span?.attributes ?? vendors?.attributes
  if (!span || !attributes || !isSpanOf(operation, attributes)) return undefined
  const scope = span.instrumentationScope ?? span.instrumentationLibrary ?? vendors
  const name = scope?.name ?? 'unknown'
  return name === SCOPE.name ? undefined : name
}

/** What a function wraps that carries the marks by which OpenTelemetry's instrumentations know their own. */
export function wrappedBy(method: object): object | undefined {
  const { __wrapped, __original } = method as { __wrapped?: unknown; __original?: unknown }
  return __wrapped === true && typeof __original === 'function' ? __original : undefined
}
