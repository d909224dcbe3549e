/** What an OTLP exporter of OpenTelemetry JS hands its bytes to, by HTTP or gRPC. */
export interface Transport {
  send(data: Uint8Array, timeoutMillis: number): Promise<{ readonly status: string }>
}

/** As far as is read here; the class takes everything from the environment. */
export interface Exporter {
  export(items: object, done: (result: ExportResult) => void): void
}

/** What an exporter says of an export: 0 is success, 1 failure. */
export interface ExportResult {
  readonly code: number
  readonly error?: unknown
}

/** How deep the parts of an OpenTelemetry SDK lie in each other: 9 in 2.x. */
const DEPTH = 10

/** The exporters somewhere inside an OpenTelemetry SDK, whatever its version calls what holds them. */
export function exportersIn(sdk: object): Exporter[] {
  return [...search(sdk, (part) => 'export' in part && 'shutdown' in part)] as Exporter[]
}

/** The transport of an exporter; none where it sends nothing, or not by OTLP. */
export function transportOf(exporter: Exporter): Transport | undefined {
  const [transport] = search(exporter, (part) => 'send' in part && 'shutdown' in part)
  return transport as Transport | undefined
}

/** Looks for parts through objects and arrays; what is found is not searched any further. */
export function* search(
  part: unknown,
  isFound: (part: object) => boolean,
  depth: number = DEPTH,
  seen: Set<object> = new Set(),
): Generator<object> {
  if (typeof part !== 'object' || part === null || seen.has(part)) return
  seen.add(part)
  if (seen.size > 1 && isFound(part)) yield part
  else if (depth > 0) {
    for (const inner of Object.values(part)) yield* search(inner, isFound, depth - 1, seen)
  }
}
