export async function register(): Promise<void> {
  if (process.env['NEXT_RUNTIME'] === 'edge') await import('./edge-telemetry')
  if (process.env['NEXT_RUNTIME'] !== 'nodejs') return
  const { start } = await import('@llmscope/sdk')
  start({ captureContent: 'span_only' })
}
