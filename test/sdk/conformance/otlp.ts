/** OTLP/JSON, as far as it is looked at. */
export type Signal = 'traces' | 'metrics' | 'logs'

/** An `AnyValue`: one key that says its type. */
export type AnyValue = Readonly<Record<string, unknown>>

export interface KeyValue {
  readonly key: string
  readonly value: AnyValue
}

export interface Attributed {
  readonly attributes?: readonly KeyValue[]
}

export interface Span extends Attributed {
  readonly name: string
  readonly kind: number
  readonly events?: readonly (Attributed & { readonly name: string })[]
}

export interface LogRecord extends Attributed {
  readonly eventName?: string
  readonly severityNumber?: number
}

interface Points {
  readonly dataPoints: readonly (Attributed & { readonly explicitBounds?: readonly number[] })[]
  readonly isMonotonic?: boolean
}

export interface Metric {
  readonly name: string
  readonly unit?: string
  readonly sum?: Points
  readonly gauge?: Points
  readonly histogram?: Points
}

interface Scope {
  readonly scope?: { readonly name?: string }
  readonly spans?: readonly Span[]
  readonly metrics?: readonly Metric[]
  readonly logRecords?: readonly LogRecord[]
}

/** An export request of any signal. */
export interface Request {
  readonly resourceSpans?: readonly { readonly scopeSpans: readonly Scope[] }[]
  readonly resourceMetrics?: readonly { readonly scopeMetrics: readonly Scope[] }[]
  readonly resourceLogs?: readonly { readonly scopeLogs: readonly Scope[] }[]
}

/** Everything of a request that was emitted in one scope. */
export interface Emitted {
  readonly spans: readonly Span[]
  readonly metrics: readonly Metric[]
  readonly logs: readonly LogRecord[]
}

export function emittedIn(request: Request, isOurs: (scope: string) => boolean): Emitted {
  const scopes = [
    ...(request.resourceSpans ?? []).flatMap(({ scopeSpans }) => scopeSpans),
    ...(request.resourceMetrics ?? []).flatMap(({ scopeMetrics }) => scopeMetrics),
    ...(request.resourceLogs ?? []).flatMap(({ scopeLogs }) => scopeLogs),
  ].filter(({ scope }) => isOurs(scope?.name ?? ''))
  return {
    spans: scopes.flatMap(({ spans }) => spans ?? []),
    metrics: scopes.flatMap(({ metrics }) => metrics ?? []),
    logs: scopes.flatMap(({ logRecords }) => logRecords ?? []),
  }
}
