import { secondsOf } from '../attempts/answer-headers.ts'
import { isHarmless } from '../content.ts'
import { CODES } from './error-codes.ts'
import { guard } from '../guard.ts'

/** Why a call failed, the same for every provider. Value of `llmscope.error.category`. */
export type ErrorCategory =
  | 'rate_limit'
  | 'quota'
  | 'auth'
  | 'context_length'
  | 'content_filter'
  | 'invalid_request'
  | 'overloaded'
  | 'timeout'
  | 'cancelled'
  | 'connection'
  | 'server'
  | 'unknown'

/** What is known of a failure, without anything that could hold content. */
export interface Failure {
  /** Value of `error.type`: the error's class, or the provider's code where there is no class. */
  readonly type: string
  readonly category: ErrorCategory
  readonly status?: number | undefined
  /** The provider's words. They can quote the prompt: they go through the content gate. */
  readonly message: string
  /** Seconds that the provider's words ask to wait. */
  readonly retryAfter?: number | undefined
}

const UNREADABLE: Failure = { type: 'Error', category: 'unknown', message: '' }

/** The code in an error whose message is the provider's answer, in JSON. */
const STATUS_IN_MESSAGE = /"status":\s*"([A-Z_]+)"/

/** How long such an answer asks to wait: no header says it. */
const DELAY_IN_MESSAGE = /"retryDelay":\s*"([\d.]+s)"/

/** What such an answer says that its code does not. */
const DETAILS: ReadonlyArray<readonly [RegExp, ErrorCategory]> = [
  [/"reason":\s*"API_KEY_[A-Z_]+"/, 'auth'],
  [/"quotaId":\s*"\w*PerDay|prepayment credits are depleted/, 'quota'],
  [/exceeds the maximum number of tokens/, 'context_length'],
]

/** Categories of codes that every error of their kind carries: a status says more. */
const CATCH_ALL: ReadonlySet<ErrorCategory> = new Set(['invalid_request', 'server'])

const STATUSES: Readonly<Record<number, ErrorCategory>> = {
  401: 'auth',
  402: 'quota',
  403: 'auth',
  408: 'timeout',
  424: 'server',
  429: 'rate_limit',
  503: 'overloaded',
  504: 'timeout',
  522: 'timeout',
  524: 'timeout',
  529: 'overloaded',
}

/** How the names of error classes tell. */
const NAMES: ReadonlyArray<readonly [RegExp, ErrorCategory]> = [
  [/abort/i, 'cancelled'],
  [/timeout/i, 'timeout'],
  [/connection/i, 'connection'],
]

/**
 * How providers word a refusal that has no code or status of its own. The words are compared, and go
 * nowhere.
 */
const WORDS: ReadonlyArray<readonly [RegExp, ErrorCategory]> = [
  [
    /(maximum|exceeds the) context length|maximum prompt length|context (window|size)/i,
    'context_length',
  ],
  [/(prompt|input) is too long|input token count|reduce the length of/i, 'context_length'],
  [/content filtering policy|flagged as potentially violating/i, 'content_filter'],
  [/credit balance is too low/i, 'quota'],
  [/API key not valid/i, 'auth'],
]

/** What Node's `fetch` says of a request that got no answer, whatever the cause. */
const NO_ANSWER = 'fetch failed'
const TIMED_OUT = /TIMEDOUT|TIMEOUT/
const NETWORK =
  /^(E(CONN|HOST|NET)[A-Z]+|EPIPE|EPROTO|EAI_[A-Z]+|ENOTFOUND|ESERVFAIL|(UND_ERR|ERR_STREAM|ERR_SOCKET|ERR_HTTP2|HPE)_\w+)$/
const TLS = /^ERR_(SSL|TLS)_\w+$|^\w*CERT\w*$|^UNABLE_TO_VERIFY_LEAF_SIGNATURE$/

/** What may be an attribute of a metric: an identifier, not a sentence. */
const IDENTIFIER = /^[\w.:/-]{1,80}$/

/**
 * Reads an error structurally: clients differ in classes, not in these fields. Never throws. To some
 * clients the end of their own patience is an abort like the application's: `isCancelled` tells.
 */
export function failure(error: unknown, isCancelled?: () => boolean): Failure {
  return guard('failure', () => withPatience(read(error), isCancelled)) ?? UNREADABLE
}

function withPatience(failed: Failure, isCancelled?: () => boolean): Failure {
  const { category } = failed
  if (category === 'cancelled' && isCancelled?.() === false)
    return { ...failed, category: 'timeout' }
  // some break the connection off without a word of why
  if (category === 'connection' && isCancelled?.()) return { ...failed, category: 'cancelled' }
  return failed
}

/** What the status of an answer tells, where nobody has read its body. */
export function failureOfStatus(status: number): Failure {
  const category = categoryOfStatus(status) ?? 'unknown'
  return { type: String(status), category, status, message: '' }
}

function read(error: unknown): Failure {
  if (typeof error !== 'object' || error === null) {
    return { type: typeof error, category: 'unknown', message: String(error) }
  }
  const fields = error as Readonly<Record<string, unknown>>
  const status = statusOf(fields)
  return {
    type: typeOf(error, fields),
    category: refine(categorise(error, fields, status), text(fields['message'])),
    status,
    message: text(fields['message']) ?? '',
    retryAfter: secondsOf(DELAY_IN_MESSAGE.exec(text(fields['message']) ?? '')?.[1]),
  }
}

/** The status of an answer, under the names that clients have for it. */
function statusOf(fields: Readonly<Record<string, unknown>>): number | undefined {
  const answer = fields['httpResponse'] as { readonly status?: unknown } | undefined
  const metadata = fields['$metadata'] as { readonly httpStatusCode?: unknown } | undefined
  const own = fields['status'] ?? fields['status_code'] ?? fields['statusCode']
  const status = own ?? answer?.status ?? metadata?.httpStatusCode
  // an error within a stream comes with the status of the answer that it is in
  return typeof status === 'number' && status >= 400 ? status : undefined
}

function typeOf(error: object, { name, code, type }: Readonly<Record<string, unknown>>): string {
  const own = className(error)
  const general = own === 'Error' || own === 'DOMException'
  const better = error instanceof Error ? general && name : (code ?? type)
  return typeof better === 'string' && IDENTIFIER.test(better) && isHarmless(better) ? better : own
}

function className(error: object): string {
  return text((error.constructor as { name?: unknown } | undefined)?.name) || 'Object'
}

function categorise(
  thrown: object,
  { name, code, type, cause, message, error, httpResponse }: Readonly<Record<string, unknown>>,
  status: number | undefined,
): ErrorCategory {
  return (
    categoryOfName(className(thrown)) ??
    categoryOfName(text(name)) ??
    categoryOfCodes([name, code, type, ...codesIn(error ?? bodyOf(httpResponse))], status) ??
    categoryOfMessage(text(message), status) ??
    categoryOfStatus(status ?? statusIn(code)) ??
    categoryOfNetwork(text(code) ?? text((cause as { code?: unknown } | undefined)?.code)) ??
    (message === NO_ANSWER ? 'connection' : 'unknown')
  )
}

const bodyOf = (answer: unknown): unknown =>
  (answer as { readonly body?: unknown } | undefined)?.body

/** The codes in a provider's answer, where a client keeps it: whole, or what `error` is in it. */
function codesIn(answer: unknown): unknown[] {
  const { error = answer } = (answer ?? {}) as { readonly error?: unknown }
  const { code, type } = (error ?? {}) as { readonly code?: unknown; readonly type?: unknown }
  return [code, type]
}

/** What is only an invalid request by its code and status may say in words what is wrong with it. */
function refine(category: ErrorCategory, message: string | undefined): ErrorCategory {
  if (category !== 'invalid_request' || message === undefined) return category
  return WORDS.find(([pattern]) => pattern.test(message))?.[1] ?? category
}

function categoryOfName(name: string | undefined): ErrorCategory | undefined {
  return name === undefined ? undefined : NAMES.find(([pattern]) => pattern.test(name))?.[1]
}

function categoryOfCodes(
  codes: readonly unknown[],
  status: number | undefined,
): ErrorCategory | undefined {
  for (const code of codes) {
    const category = categoryOfCode(text(code), status)
    if (category) return category
  }
  return undefined
}

function categoryOfCode(
  code: string | undefined,
  status: number | undefined,
): ErrorCategory | undefined {
  const category = code === undefined ? undefined : CODES.get(code)
  return category && status !== undefined && CATCH_ALL.has(category) ? undefined : category
}

function categoryOfMessage(message = '', status: number | undefined): ErrorCategory | undefined {
  const code = STATUS_IN_MESSAGE.exec(message)?.[1]
  if (code === undefined) return undefined
  const detail = DETAILS.find(([pattern]) => pattern.test(message))?.[1]
  return detail ?? categoryOfCode(code, status)
}

function categoryOfStatus(status: number | undefined): ErrorCategory | undefined {
  if (status === undefined) return undefined
  return (
    STATUSES[status] ?? (status >= 500 ? 'server' : status >= 400 ? 'invalid_request' : 'unknown')
  )
}

/** The status of an error that came within a stream, as OpenRouter tells it. */
function statusIn(code: unknown): number | undefined {
  return typeof code === 'number' && code >= 400 && code < 600 ? code : undefined
}

function categoryOfNetwork(code: string | undefined): ErrorCategory | undefined {
  if (code === undefined) return undefined
  if (TIMED_OUT.test(code)) return 'timeout'
  return NETWORK.test(code) || TLS.test(code) ? 'connection' : undefined
}

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)
