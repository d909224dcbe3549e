import { message, text, count } from './fields.ts'
import type { Message } from './messages.ts'
import { readAttributes, type StoredAttributes } from './values.ts'

/** The resource of telemetry, or the scope, as text that is equal for equal ones. */
export interface Origin {
  readonly json: string
  readonly service: string
}

/** What is in the text of an origin. */
export interface StoredOrigin {
  readonly name?: string
  readonly version?: string
  readonly attributes: StoredAttributes
  readonly dropped?: number
  readonly schemaUrl?: string
}

/** A resource without a name of its service has OpenTelemetry's default. */
const UNKNOWN_SERVICE = 'unknown_service'

export function readResource(holder: Message): Origin {
  const resource = message(holder['resource'])
  const { attributes, dropped } = readAttributes(resource['attributes'])
  const service = attributes['service.name']
  return {
    json: originJson({
      attributes,
      dropped: dropped + count(resource['droppedAttributesCount']),
      schemaUrl: text(holder['schemaUrl']),
    }),
    service: typeof service === 'string' && service !== '' ? service : UNKNOWN_SERVICE,
  }
}

export function readScope(holder: Message): string {
  const scope = message(holder['scope'])
  const { attributes, dropped } = readAttributes(scope['attributes'])
  return originJson({
    name: text(scope['name']),
    version: text(scope['version']),
    attributes,
    dropped: dropped + count(scope['droppedAttributesCount']),
    schemaUrl: text(holder['schemaUrl']),
  })
}

function originJson({ name, version, attributes, dropped, schemaUrl }: StoredOrigin): string {
  return JSON.stringify({
    ...(name && { name }),
    ...(version && { version }),
    attributes,
    ...(dropped && { dropped }),
    ...(schemaUrl && { schemaUrl }),
  } satisfies StoredOrigin)
}
