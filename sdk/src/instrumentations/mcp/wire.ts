import type { Carrier, McpRequest } from '../../operations/mcp-request.ts'

/** A request or notification as applications and peers write it. */
export interface Message {
  /** Of a request that was received. */
  readonly id?: unknown
  readonly method: string
  readonly params?: Readonly<Record<string, unknown>> | undefined
}

const PROMPTS: ReadonlySet<string> = new Set(['prompts/get'])
const TOOLS: ReadonlySet<string> = new Set(['tools/call'])

export function readRequest({ method, params = {} }: Message, id: unknown): McpRequest {
  const name = text(params['name'])
  return {
    method,
    id: typeof id === 'string' || typeof id === 'number' ? String(id) : undefined,
    tool: TOOLS.has(method) ? name : undefined,
    prompt: PROMPTS.has(method) ? name : undefined,
    resource: text(params['uri']),
    arguments: params['arguments'],
  }
}

/** The same request with trace context in it. */
export function withMeta(message: Message, carrier: Carrier): Message {
  if (Object.keys(carrier).length === 0) return message
  const meta = message.params?.['_meta'] as object | undefined
  return { ...message, params: { ...message.params, _meta: { ...meta, ...carrier } } }
}

/** What of a request's metadata can be trace context. */
export function carrierOf({ params }: Message): Carrier {
  const meta = params?.['_meta']
  if (typeof meta !== 'object' || meta === null) return {}
  return Object.fromEntries(
    Object.entries(meta as Readonly<Record<string, unknown>>).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string',
    ),
  )
}

/** What a handler is given beside a request; 1.x and 2.x have it in two places. */
export interface Extra {
  readonly requestId?: unknown
  readonly sessionId?: unknown
  readonly signal?: AbortSignal | undefined
  readonly requestInfo?: { readonly headers?: Readonly<Record<string, unknown>> }
  readonly mcpReq?: { readonly id?: unknown; readonly signal?: AbortSignal }
}

export const idOf = ({ requestId, mcpReq }: Extra): unknown => requestId ?? mcpReq?.id

export const signalOf = ({ signal, mcpReq }: Extra): AbortSignal | undefined =>
  signal ?? mcpReq?.signal

export const text = (value: unknown): string | undefined =>
  typeof value === 'string' ? value : undefined
