/** What OTLP exporters fail with: an HTTP or gRPC status, or an error of the network. */
interface ExportError {
  readonly name?: string
  readonly message?: string
  readonly code?: number | string
  readonly errors?: readonly ExportError[]
}

/** Why an export failed, in a few words. */
export function exportFailure(error: unknown): string {
  const { name, message, code, errors } = (error ?? {}) as ExportError
  // a host with several addresses fails with one error for each, and no word of its own
  if (!message && errors?.[0]) return exportFailure(errors[0])
  if (!message) return String(code ?? name ?? 'the exporter did not say why')
  return typeof code === 'number' ? `${code} ${message}` : message
}
