let decide: (() => void) | undefined

/** Leaves the decision whether to start an OpenTelemetry SDK to the first span of ours. */
export function decideLater(decision: () => void): void {
  decide = decision
}

/** Takes the decision that was left open, if any. Called before the first span of ours is made. */
export function ensureStarted(): void {
  const decision = decide
  decide = undefined
  decision?.()
}
