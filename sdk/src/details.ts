import type { Attributes, Context, Span } from '@opentelemetry/api'
import { names } from './attributes.ts'
import { contentData, contentText } from './content.ts'
import { emitEvent, Severity } from './event.ts'
import type { GenAiRequest, GenAiResponse } from './genai.ts'

/** Content of a call by attribute name, read from request and response only now. */
function contents(
  request: GenAiRequest,
  response: GenAiResponse,
): ReadonlyArray<readonly [string, unknown]> {
  const all: ReadonlyArray<readonly [string, readonly unknown[] | undefined]> = [
    [names.systemInstructions, request.instructions?.()],
    [names.inputMessages, request.messages?.()],
    [names.outputMessages, response.messages?.()],
    [names.toolDefinitions, request.tools?.()],
  ]
  return all.filter(([, content]) => content !== undefined && content.length > 0)
}

/** Puts a call's content on its span, as JSON text. */
export function describeContent(span: Span, request: GenAiRequest, response: GenAiResponse): void {
  for (const [name, content] of contents(request, response)) {
    span.setAttribute(name, contentText(content))
  }
}

/** Emits the details event of an inference call: the span's attributes, and its content as data. */
export function emitDetails(
  attributes: Attributes,
  request: GenAiRequest,
  response: GenAiResponse,
  context: Context,
): void {
  const content = contents(request, response).map(([name, value]) => [name, contentData(value)])
  emitEvent({
    name: names.detailsEvent,
    severityNumber: Severity.DEBUG,
    attributes: { ...attributes, ...Object.fromEntries(content) },
    context,
  })
}
