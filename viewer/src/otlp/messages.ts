import protobuf from 'protobufjs'
import { SCHEMA } from './schema.ts'

/** The three kinds of telemetry, as the paths of OTLP/HTTP name them. */
export type Signal = 'traces' | 'metrics' | 'logs'

/** A message as it came: of protobuf or of JSON, with every field still to be looked at. */
export type Message = Readonly<Record<string, unknown>>

interface Types {
  readonly request: protobuf.Type
  readonly response: protobuf.Type
  /** Field of the partial success that counts what was refused. */
  readonly rejected: string
}

const { root } = protobuf.parse(SCHEMA)

const types = (name: string, rejected: string): Types => ({
  request: root.lookupType(`Export${name}ServiceRequest`),
  response: root.lookupType(`Export${name}ServiceResponse`),
  rejected,
})

const TYPES: Readonly<Record<Signal, Types>> = {
  traces: types('Trace', 'rejectedSpans'),
  metrics: types('Metrics', 'rejectedDataPoints'),
  logs: types('Logs', 'rejectedLogRecords'),
}
const STATUS = root.lookupType('RpcStatus')

/** Reads a request; throws where the bytes are none. */
export function decodeProtobuf(signal: Signal, bytes: Uint8Array): Message {
  // of a Buffer texts are read by Node itself
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return TYPES[signal].request.decode(buffer) as unknown as Message
}

/** Reads a request; throws where the text is none. */
export function decodeJson(bytes: Uint8Array): Message {
  const message: unknown = JSON.parse(new TextDecoder().decode(bytes))
  if (typeof message === 'object' && message !== null && !Array.isArray(message)) {
    return message as Message
  }
  throw new SyntaxError('It is not a JSON object.')
}

/** What was refused of a request that was otherwise taken. */
export interface Rejection {
  readonly count: number
  readonly reason: string
}

/** The answer to a request that was taken. */
export function responseMessage(signal: Signal, rejection: Rejection | undefined): Message {
  if (!rejection) return {}
  const { rejected } = TYPES[signal]
  return { partialSuccess: { [rejected]: rejection.count, errorMessage: rejection.reason } }
}

export function encodeResponse(signal: Signal, message: Message): Uint8Array {
  const { response } = TYPES[signal]
  return response.encode(response.fromObject(message)).finish()
}

/** A status of gRPC, which is the body of an HTTP answer of 4xx or 5xx. */
export function encodeStatus(message: Message): Uint8Array {
  return STATUS.encode(STATUS.fromObject(message)).finish()
}

/** Writes a request, as an exporter would. */
export function encodeRequest(signal: Signal, message: Message): Uint8Array {
  const { request } = TYPES[signal]
  return request.encode(request.fromObject(message)).finish()
}
