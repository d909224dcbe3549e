/** An error with its HTTP status where other clients have it; of several tries that of the last. */
export function causeOf(error: unknown): unknown {
  if (!(error instanceof Error)) return error
  const { lastError, statusCode } = error as { lastError?: unknown; statusCode?: unknown }
  if (lastError !== undefined && lastError !== error) return causeOf(lastError)
  if (typeof statusCode !== 'number') return error
  return Object.create(error, { status: { value: statusCode } }) as Error
}
