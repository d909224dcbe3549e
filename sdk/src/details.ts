import type { Attributes, Context, Span } from '@opentelemetry/api'
import { names } from './attributes.ts'
import { contentData, contentText } from './content.ts'
import { emitEvent, Severity } from './event.ts'
import type { GenAiRequest, GenAiResponse } from './genai.ts'
import { guard } from './guard.ts'

/** Content of a call: attribute name and value. */
export type Content = ReadonlyArray<readonly [name: string, value: readonly unknown[]]>

/** What the application sent. Read when it is sent: what it keeps in the same objects may change. */
export function requestContent({ instructions, messages, tools }: GenAiRequest): Content {
  return present([
    [names.systemInstructions, instructions],
    [names.inputMessages, messages],
    [names.toolDefinitions, tools],
  ])
}

/** What the provider answered. */
export function responseContent({ messages }: GenAiResponse): Content {
  return present([[names.outputMessages, messages]])
}

/** Puts a call's content on its span, as JSON text. */
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
function present(
  readers: ReadonlyArray<readonly [string, (() => readonly unknown[]) | undefined]>,
): Content {
  return readers.flatMap(([name, read]) => {
    const value = read && guard('content', read)
    return value && value.length > 0 ? [[name, value] as const] : []
  })
}
