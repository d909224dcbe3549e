import type { Attributes, Context, Span } from '@opentelemetry/api'
import { names } from './attributes.ts'
import { contentData, contentText } from './content.ts'
import { emitEvent, Severity } from './event.ts'
import type { GenAiRequest, GenAiResponse } from './genai.ts'
import { guard } from './guard.ts'

/** Content of a call: attribute name and value. */
export type Content = [name: string, value: readonly unknown[]][]

/** What the application sent. Read when it is sent: what it keeps in the same objects may change. */
export function requestContent({ instructions, messages, tools }: GenAiRequest): Content {
  const content: Content = []
  add(content, names.systemInstructions, instructions)
  add(content, names.inputMessages, messages)
  add(content, names.toolDefinitions, tools)
  return content
}

/** What the provider answered. */
export function responseContent({ messages }: GenAiResponse): Content {
  const content: Content = []
  add(content, names.outputMessages, messages)
  return content
}

/** Puts content on a call's span, as JSON text. */
export function describeContent(span: Span, content: Content): void {
  for (const [name, value] of content) span.setAttribute(name, contentText(value))
}

/** Emits the details event of an inference call: the span's attributes, and its content as data. */
export function emitDetails(attributes: Attributes, content: Content, context: Context): void {
  const data = content.map(([name, value]) => [name, contentData(value)])
  emitEvent({
    name: names.detailsEvent,
    severityNumber: Severity.DEBUG,
    attributes: { ...attributes, ...Object.fromEntries(data) },
    context,
  })
}

// Each is read alone: one that cannot be read costs itself.
function add(content: Content, name: string, read: (() => readonly unknown[]) | undefined): void {
  const value = read && guard('content', read)
  if (value && value.length > 0) content.push([name, value])
}
