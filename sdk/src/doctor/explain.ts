import type { Destination } from '../delivery/destination.ts'
import { exportFailure } from '../delivery/export-failure.ts'

/** Causes by the code of an error, or by words in its message, and what to do. */
interface Cause {
  readonly codes: readonly (number | string)[]
  readonly words?: RegExp
  advice(destination: Destination): string
}

const UNTRUSTED = [
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'CERT_HAS_EXPIRED',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]

const HTTP: readonly Cause[] = [
  {
    codes: ['ECONNREFUSED'],
    advice: ({ url }) =>
      `Is anything listening at ${new URL(url).host}? Start the receiver, or correct ` +
      'OTEL_EXPORTER_OTLP_ENDPOINT. In a container, localhost is the container itself.',
  },
  {
    codes: ['ENOTFOUND', 'EAI_AGAIN'],
    advice: ({ url }) => `The host ${new URL(url).hostname} is not known here: is it spelt right?`,
  },
  {
    codes: [404, 405],
    advice: ({ url, signal }) =>
      `Is ${new URL(url).pathname} the OTLP path? Receivers take /v1/${signal}. ` +
      'OTEL_EXPORTER_OTLP_ENDPOINT is a base address, to which the path is added; ' +
      `OTEL_EXPORTER_OTLP_${signal.toUpperCase()}_ENDPOINT is taken as it is.`,
  },
  {
    codes: [401, 403],
    advice: () =>
      'The receiver wants other credentials: see the headers in OTEL_EXPORTER_OTLP_HEADERS ' +
      '(name=value,name=value, with spaces in values as %20).',
  },
  {
    codes: [413],
    advice: () =>
      'It is too large for the receiver: raise its limit (Collector: max_request_body_size), or lower LLMSCOPE_CONTENT_LIMIT or OTEL_BSP_MAX_EXPORT_BATCH_SIZE.',
  },
  {
    codes: [400, 415],
    advice: ({ protocol }) =>
      `Does the receiver take ${protocol}? OTEL_EXPORTER_OTLP_PROTOCOL chooses http/protobuf, http/json or grpc.`,
  },
  {
    codes: [429],
    words: /retryable status/,
    advice: () =>
      'The receiver, or what lies behind it, is overloaded or down (429, 502, 503 or 504): see its log.',
  },
  {
    codes: UNTRUSTED,
    advice: () =>
      "The receiver's certificate is not trusted: set OTEL_EXPORTER_OTLP_CERTIFICATE to the file of its authority, or NODE_EXTRA_CA_CERTS.",
  },
  {
    codes: ['EPROTO', 'ERR_SSL_WRONG_VERSION_NUMBER', 'ERR_SSL_PACKET_LENGTH_TOO_LONG'],
    advice: () => 'The receiver speaks no TLS at this port: write http:// in place of https://.',
  },
  {
    codes: ['ECONNRESET', 'EPIPE', 'HPE_INVALID_CONSTANT'],
    words: /socket hang up|Parse Error/,
    advice: () =>
      'What listens there speaks no OTLP/HTTP: is it a gRPC port (4317), or one for https? OTEL_EXPORTER_OTLP_PROTOCOL=grpc and OTEL_EXPORTER_OTLP_ENDPOINT=https://… choose these.',
  },
  {
    codes: ['ETIMEDOUT'],
    words: /timed out|timeout/i,
    advice: () =>
      'It takes the connection and does not answer in time: see its log, or a proxy between.',
  },
]

const GRPC: readonly Cause[] = [
  {
    codes: [14],
    advice: ({ url }) =>
      `Does a gRPC receiver listen at ${url}? OTLP/HTTP has another port (4318): OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf.`,
  },
  {
    codes: [7, 16],
    advice: () => 'The receiver wants other credentials: see OTEL_EXPORTER_OTLP_HEADERS.',
  },
  {
    codes: [8],
    advice: () =>
      'It is too large for the receiver, or that is overloaded: raise max_recv_msg_size_mib (4 MiB unless set), or lower LLMSCOPE_CONTENT_LIMIT.',
  },
  { codes: [12], advice: () => 'The receiver does not take this signal.' },
  { codes: [4], advice: () => 'It does not answer in time: see its log.' },
]

/** Why a canary did not arrive, and what to do. */
export function explain(
  error: unknown,
  destination: Destination,
): { readonly reason: string; readonly advice: string } {
  const reason = exportFailure(error)
  const causes = destination.protocol === 'grpc' ? GRPC : HTTP
  const code = codeOf(error)
  const cause = causes.find(
    ({ codes, words }) => (code !== undefined && codes.includes(code)) || words?.test(reason),
  )
  return { reason, advice: cause?.advice(destination) ?? 'See the log of the receiver.' }
}

function codeOf(error: unknown): number | string | undefined {
  const { code, errors } = (error ?? {}) as {
    readonly code?: number | string
    readonly errors?: readonly unknown[]
  }
  return code ?? (errors?.[0] === undefined ? undefined : codeOf(errors[0]))
}
