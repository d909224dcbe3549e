type Json = Readonly<Record<string, unknown>>

/** How the calls in a request are counted, by the end of its path: OTLP, and what the others speak. */
const PROTOCOLS: Readonly<Record<string, (body: Buffer) => number>> = {
  '/v1/traces': (body) => (isJson(body) ? inJson(parse(body)) : leaves(body, PATH)),
  '/envelope/': (body) => inEnvelope(body.toString()),
  '/batch/': (body) => list(parse(body)['batch']).length,
  '/runs/multipart': (body) => body.toString().match(/ name="post\.[\da-f-]+"/g)?.length ?? 0,
}

/** How many spans, events or runs there are in what was sent to a path. */
export function countSpans(body: Buffer, path: string): number {
  const protocol = Object.keys(PROTOCOLS).find((end) => path.endsWith(end))
  return protocol === undefined ? 0 : (PROTOCOLS[protocol]?.(body) ?? 0)
}

const isJson = (body: Buffer): boolean => body[0] === 0x7b
const parse = (body: Buffer): Json => JSON.parse(body.toString()) as Json
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
