type Json = Readonly<Record<string, unknown>>

/** How many spans there are in what was sent to an address: by OTLP, or in an envelope of Sentry's. */
export function countSpans(body: Buffer, url: string, type: string): number {
  if (url.endsWith('/v1/traces')) {
    return type.includes('json') ? inJson(JSON.parse(body.toString()) as Json) : leaves(body, PATH)
  }
  return url.includes('/envelope/') ? inEnvelope(body.toString()) : 0
}

const list = (value: unknown): Json[] => (Array.isArray(value) ? (value as Json[]) : [])

function inJson(payload: Json): number {
  return list(payload['resourceSpans'])
    .flatMap((resource) => list(resource['scopeSpans']))
    .reduce((sum, scope) => sum + list(scope['spans']).length, 0)
}

/** An envelope is lines of JSON: a header, and for each item its header and its body. */
function inEnvelope(text: string): number {
  const items = text.split('\n').slice(1).filter(Boolean)
  return items.reduce((sum, line, index) => {
    if (index % 2 === 1) return sum
    const { type, item_count: count } = JSON.parse(line) as { type: string; item_count?: number }
    if (type === 'span') return sum + (count ?? 1)
    const body = type === 'transaction' ? (JSON.parse(items[index + 1] ?? '{}') as Json) : undefined
    return sum + (body ? 1 + list(body['spans']).length : 0)
  }, 0)
}

/** The fields that lead to a span in OTLP's protobuf: resource_spans, scope_spans, spans. */
const PATH: readonly number[] = [1, 2, 2]

/** How many messages are at the end of a path of fields. */
function leaves(message: Buffer, path: readonly number[]): number {
  const [field, ...rest] = path
  if (field === undefined) return 1
  let found = 0
  for (let at = 0; at < message.length;) {
    const [key, start] = varint(message, at)
    const wire = key & 7
    const [size, from] = wire === 2 ? varint(message, start) : [sizeOf(message, start, wire), start]
    at = from + size
    if (wire === 2 && key >> 3 === field) found += leaves(message.subarray(from, at), rest)
  }
  return found
}

function sizeOf(message: Buffer, at: number, wire: number): number {
  if (wire === 0) return varint(message, at)[1] - at
  return wire === 1 ? 8 : 4
}

function varint(message: Buffer, from: number): [value: number, after: number] {
  let value = 0
  for (let at = from, scale = 1; ; at += 1, scale *= 128) {
    const byte = message[at] ?? 0
    value += (byte & 127) * scale
    if (byte < 128) return [value, at + 1]
  }
}
