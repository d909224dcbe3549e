import type { Attributes, Context, Span } from '@opentelemetry/api'
import { names } from '../attributes.ts'
import { contentText, type Place } from '../content.ts'
import { fits, roomFor } from '../content/room.ts'
import { emitEvent, Severity } from '../event.ts'
import type { GenAiRequest, GenAiResponse, Message } from './genai.ts'
import { guard } from '../guard.ts'
import { settings } from '../options.ts'

/** Content of a call as the application and the provider have it. */
export type Content = { readonly place: Place; readonly value: readonly unknown[] }[]

/** Content of a call as it may leave: attribute name and JSON text. */
export type Sealed = readonly (readonly [name: string, text: string])[]

const INSTRUCTIONS: Place = { kind: 'instructions', attribute: names.systemInstructions }
const INPUT: Place = { kind: 'message', attribute: names.inputMessages }
const OUTPUT: Place = { kind: 'message', attribute: names.outputMessages }
const TOOLS: Place = { kind: 'tool', attribute: names.toolDefinitions }

/** What the application sent. Read when it is sent: what it keeps in the same objects may change. */
export function requestContent({ instructions, messages, tools }: GenAiRequest): Content {
  const content: Content = []
  add(content, INSTRUCTIONS, instructions)
  add(content, INPUT, messages)
  add(content, TOOLS, tools)
  return content
}

/** What the provider answered. */
export function responseContent({ messages, finishReasons }: GenAiResponse): Content {
  const content: Content = []
  const isLatest = settings().semconv === 'latest'
  add(
    content,
    OUTPUT,
    messages && (() => (isLatest ? messages() : formerMessages(messages(), finishReasons))),
  )
  return content
}

/** As 1.41 had them, whose messages told themselves why they end. */
function formerMessages(messages: readonly Message[], reasons: readonly string[] = []): object[] {
  return messages.map((message, index) => ({ ...message, finish_reason: reasons[index] }))
}

/** Redacts and bounds content, each attribute alone and the span's all together. */
export function sealContent(content: Content): Sealed {
  const texts = content.map(({ place, value }) => contentText(value, place))
  const room = roomFor(texts, settings().spanContentLimit)
  return content.map(({ place, value }, index) => {
    const text = texts[index] ?? ''
    return [place.attribute, fits(text, room) ? text : contentText(value, place, room)]
  })
}

/** Puts content on a call's span, as JSON text. */
export function describeContent(span: Span, sealed: Sealed): void {
  for (const [name, text] of sealed) span.setAttribute(name, text)
}

/** Emits the details event of an inference call: the span's attributes, and its content as data. */
export function emitDetails(attributes: Attributes, sealed: Sealed, context: Context): void {
  const data = sealed.map(([name, text]) => [name, JSON.parse(text)])
  emitEvent({
    name: names.detailsEvent,
    severityNumber: Severity.DEBUG,
    attributes: { ...attributes, ...Object.fromEntries(data) },
    context,
  })
}

// Each is read alone: one that cannot be read costs itself.
function add(content: Content, place: Place, read: (() => readonly unknown[]) | undefined): void {
  const value = read && guard('content', read)
  if (value && value.length > 0) content.push({ place, value })
}
