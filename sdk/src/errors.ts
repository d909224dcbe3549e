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
}

const CODES: Readonly<Record<string, ErrorCategory>> = {
  insufficient_quota: 'quota',
  billing_hard_limit_reached: 'quota',
  rate_limit_exceeded: 'rate_limit',
  rate_limit_error: 'rate_limit',
  context_length_exceeded: 'context_length',
  content_filter: 'content_filter',
  content_policy_violation: 'content_filter',
  invalid_api_key: 'auth',
  authentication_error: 'auth',
  permission_error: 'auth',
  invalid_request_error: 'invalid_request',
  overloaded_error: 'overloaded',
  server_is_overloaded: 'overloaded',
  slow_down: 'overloaded',
  server_error: 'server',
  timeout: 'timeout',
}

const STATUSES: Readonly<Record<number, ErrorCategory>> = {
  401: 'auth',
  402: 'quota',
  403: 'auth',
  408: 'timeout',
  429: 'rate_limit',
  503: 'overloaded',
  504: 'timeout',
  529: 'overloaded',
}

const NAMES: ReadonlyArray<readonly [RegExp, ErrorCategory]> = [
  [/abort/i, 'cancelled'],
  [/timeout/i, 'timeout'],
  [/connection/i, 'connection'],
]

const NETWORK = /^(E[A-Z]+|UND_ERR_\w+)$/

/** Reads an error structurally: clients differ in classes, not in these fields. */
export function failure(error: unknown): Failure {
  if (typeof error !== 'object' || error === null) {
    return { type: typeof error, category: 'unknown', message: String(error) }
  }
  const fields = error as Readonly<Record<string, unknown>>
  const status = typeof fields['status'] === 'number' ? fields['status'] : undefined
  const name = error.constructor.name
  return {
    type: error instanceof Error ? name : (text(fields['code'] ?? fields['type']) ?? name),
    category: categorise(fields, name, status),
    status,
    message: text(fields['message']) ?? '',
  }
}

function categorise(
  fields: Readonly<Record<string, unknown>>,
  name: string,
  status: number | undefined,
): ErrorCategory {
  const named = NAMES.find(
    ([pattern]) => pattern.test(name) || pattern.test(text(fields['name']) ?? ''),
  )
  if (named) return named[1]
  for (const key of [fields['code'], fields['type']]) {
    const known = typeof key === 'string' ? CODES[key] : undefined
    // a code says more than its status, but for the catch-all that every 400 carries
    if (known && (known !== 'invalid_request' || status === undefined)) return known
  }
  if (status !== undefined) {
    return (
      STATUSES[status] ?? (status >= 500 ? 'server' : status >= 400 ? 'invalid_request' : 'unknown')
    )
  }
  return isNetworkError(fields) ? 'connection' : 'unknown'
}

function isNetworkError(fields: Readonly<Record<string, unknown>>): boolean {
  const { cause } = fields
  const code =
    text(fields['code']) ??
    (cause instanceof Error && 'code' in cause ? text(cause.code) : undefined)
  return code !== undefined && NETWORK.test(code)
}

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)
