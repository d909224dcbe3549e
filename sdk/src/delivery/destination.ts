/** A kind of telemetry, by the name that OTLP paths and the `OTEL_*` variables have for it. */
export type Signal = 'traces' | 'metrics' | 'logs'

export const SIGNALS: readonly Signal[] = ['traces', 'metrics', 'logs']

/** Where the standard `OTEL_*` variables send a signal. */
export interface Destination {
  readonly signal: Signal
  /** `otlp` unless a variable names others, such as `console` or `none`. */
  readonly exporters: readonly string[]
  /** `grpc`, `http/json` or `http/protobuf`, if the variable is right. */
  readonly protocol: string
  readonly url: string
}

type Environment = Readonly<Record<string, string | undefined>>

/** The value of `OTEL_EXPORTER_OTLP_<SIGNAL>_<NAME>`, else of `OTEL_EXPORTER_OTLP_<NAME>`. */
export function otlpVariable(
  signal: Signal,
  name: string,
  environment: Environment = process.env,
): string | undefined {
  const own = environment[`OTEL_EXPORTER_OTLP_${signal.toUpperCase()}_${name}`]?.trim()
  return own || environment[`OTEL_EXPORTER_OTLP_${name}`]?.trim() || undefined
}

/** Where OpenTelemetry's SDK would send a signal by itself. */
export function destinationOf(signal: Signal, environment: Environment = process.env): Destination {
  const exporters = environment[`OTEL_${signal.toUpperCase()}_EXPORTER`]?.trim() || 'otlp'
  const protocol = otlpVariable(signal, 'PROTOCOL', environment) ?? 'http/protobuf'
  return {
    signal,
    exporters: exporters.split(',').map((exporter) => exporter.trim()),
    protocol,
    url: protocol === 'grpc' ? grpcUrl(signal, environment) : httpUrl(signal, environment),
  }
}

function grpcUrl(signal: Signal, environment: Environment): string {
  return otlpVariable(signal, 'ENDPOINT', environment) ?? 'http://localhost:4317'
}

function httpUrl(signal: Signal, environment: Environment): string {
  // a signal's own endpoint is taken as it is, the common one gets the signal's path
  const own = environment[`OTEL_EXPORTER_OTLP_${signal.toUpperCase()}_ENDPOINT`]?.trim()
  if (own) return own
  const base = environment['OTEL_EXPORTER_OTLP_ENDPOINT']?.trim() || 'http://localhost:4318'
  return `${base.replace(/\/$/, '')}/v1/${signal}`
}
