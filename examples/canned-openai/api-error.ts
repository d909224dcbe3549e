/** An answer other than 200, in the shape that OpenAI gives it. */
export class ApiError extends Error {
  override readonly name = 'ApiError'
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: {
    error: { message: string; type: string; param: string | null; code: string | null }
  }

  constructor(
    status: number,
    message: string,
    details: {
      type?: string
      param?: string
      code?: string
      headers?: Record<string, string>
    } = {},
  ) {
    const { type = 'invalid_request_error', param, code, headers = {} } = details
    super(message)
    this.status = status
    this.headers = headers
    this.body = { error: { message, type, param: param ?? null, code: code ?? null } }
  }
}

export function missingParameter(param: string): ApiError {
  const message = `Missing required parameter: '${param}'.`
  return new ApiError(400, message, { param, code: 'missing_required_parameter' })
}

export function invalidParameter(param: string, reason: string): ApiError {
  const message = `Invalid value for '${param}': ${reason}`
  return new ApiError(400, message, { param, code: 'invalid_value' })
}

export function unknownModel(model: string): ApiError {
  const message = `The model \`${model}\` does not exist or you do not have access to it.`
  return new ApiError(404, message, { code: 'model_not_found' })
}

/** A 429 that asks the client to come back in `milliseconds`. */
export function rateLimited(milliseconds: number): ApiError {
  const message = `Rate limit reached on requests per min (RPM). Please try again in ${milliseconds}ms.`
  const headers = {
    'retry-after-ms': String(milliseconds),
    'retry-after': String(Math.ceil(milliseconds / 1000)),
  }
  return new ApiError(429, message, { type: 'requests', code: 'rate_limit_exceeded', headers })
}

export function serverError(): ApiError {
  const message = 'The server had an error while processing your request. Sorry about that!'
  return new ApiError(500, message, { type: 'server_error' })
}
