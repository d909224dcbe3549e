import { createHash } from 'node:crypto'
import { encodeRequest, type Message } from '../../../viewer/src/otlp/messages.ts'

const START = 1_764_000_000_000
const SPANS_A_TRACE = 10
const SPANS_A_BATCH = 512
const AT_ONCE = 4
const WORDS =
  'model answers question conversation token ticket price train travel paper river'.split(' ')

export function traceIdOf(kind: string, number: number): string {
  return createHash('sha256').update(`${kind} ${number}`).digest('hex').slice(0, 32)
}

/** Sends spans as exporters do, several batches at once. */
export class Sender {
  readonly #url: string
  #next = 0

  constructor(otlp: string) {
    this.#url = `${otlp}/v1/traces`
  }

  /** Sends so many spans, in traces of ten; resolves when all are acknowledged. */
  async send(count: number): Promise<{ readonly seconds: number; readonly bytes: number }> {
    let bytes = 0
    let sent = 0
    const work = async (): Promise<void> => {
      while (sent < count) {
        sent += SPANS_A_BATCH
        const body = this.#batch()
        bytes += body.byteLength
        await this.#post(body)
      }
    }
    const started = performance.now()
    await Promise.all(Array.from({ length: AT_ONCE }, work))
    return { seconds: ((performance.now() - started) / 1000) * (count / sent), bytes }
  }

  async sendTrace(kind: string, spans: number): Promise<void> {
    const all = Array.from({ length: spans }, (_, place) =>
      span(traceIdOf(kind, spans), place, START, place),
    )
    await this.#post(encoded(all, 'service-0'))
  }

  #batch(): Uint8Array {
    const spans = Array.from({ length: SPANS_A_BATCH }, () => {
      const number = this.#next
      this.#next += 1
      const trace = Math.floor(number / SPANS_A_TRACE)
      return span(traceIdOf('small', trace), number % SPANS_A_TRACE, START + trace * 10, number)
    })
    return encoded(spans, `service-${this.#next % 5}`)
  }

  async #post(body: Uint8Array): Promise<void> {
    const response = await fetch(this.#url, {
      method: 'POST',
      headers: { 'content-type': 'application/x-protobuf' },
      body: new Uint8Array(body),
    })
    if (!response.ok) throw new Error(`${this.#url} answered ${response.status}`)
    await response.arrayBuffer()
  }
}

function encoded(spans: readonly Message[], service: string): Uint8Array {
  const attributes = [{ key: 'service.name', value: { stringValue: service } }]
  const scopeSpans = [{ scope: { name: 'bench', version: '1' }, spans }]
  return encodeRequest('traces', { resourceSpans: [{ resource: { attributes }, scopeSpans }] })
}

const id = (at: number): Buffer => Buffer.from((at + 1).toString(16).padStart(16, '0'), 'hex')

/** A call of a model, 0.9 kB as protobuf. */
function span(traceId: string, place: number, start: number, number: number): Message {
  const text = Array.from(
    { length: 60 },
    (_, word) => WORDS[(number * 7 + word * word) % WORDS.length],
  )
  const attributes: Readonly<Record<string, string | number>> = {
    'gen_ai.operation.name': 'chat',
    'gen_ai.provider.name': 'openai',
    'gen_ai.request.model': `model-${number % 7}`,
    'gen_ai.response.id': `chatcmpl-${number}`,
    'gen_ai.usage.input_tokens': number % 1000,
    'gen_ai.usage.output_tokens': number % 100,
    'gen_ai.conversation.id': `conversation-${Math.floor(number / 100)}`,
    'llmscope.cost.amount': (number % 100) / 10_000,
    'gen_ai.input.messages': `${text.join(' ')} needle${number % 100_003}`,
  }
  return {
    traceId: Buffer.from(traceId, 'hex'),
    spanId: id(place),
    ...(place > 0 && { parentSpanId: id(0) }),
    name: `chat model-${number % 7}`,
    kind: 3,
    startTimeUnixNano: `${start + place}000000`,
    endTimeUnixNano: `${start + place + 5}000000`,
    status: number % 97 === 0 ? { code: 2, message: 'overloaded' } : {},
    attributes: Object.entries(attributes).map(([key, value]) => ({ key, value: valueOf(value) })),
  }
}

function valueOf(value: string | number): Message {
  if (typeof value === 'string') return { stringValue: value }
  return Number.isInteger(value) ? { intValue: value } : { doubleValue: value }
}
