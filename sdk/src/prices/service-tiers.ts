/** What providers call the tier that their list prices are for. */
const STANDARD: ReadonlySet<string> = new Set([
  'auto',
  'default',
  'standard',
  'standard_only',
  'on_demand',
  'unspecified',
  'traffic_type_unspecified',
])

/**
 * What a tier costs, as a part of the list price, where a provider says one figure for all models.
 * Sources: developers.openai.com/api/docs/guides/flex-processing and /batch,
 * learn.microsoft.com/azure/foundry/openai/how-to/flex-processing,
 * platform.claude.com/docs/en/build-with-claude/batch-processing, ai.google.dev/gemini-api/docs/pricing.
 */
const FACTORS: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  anthropic: { batch: 0.5 },
  azure: { flex: 0.5 },
  google: { batch: 0.5, flex: 0.5 },
  openai: { batch: 0.5, flex: 0.5 },
}

/** A tier that has prices of its own, or nothing for the standard one. */
export function specialTier(tier: string | undefined): string | undefined {
  const name = tier?.toLowerCase()
  return name === undefined || STANDARD.has(name) ? undefined : name
}

/** What part of the table's prices a tier costs; nothing where that is unknown. */
export function tierFactor(tableProvider: string, tier: string | undefined): number | undefined {
  return tier === undefined ? 1 : FACTORS[tableProvider]?.[tier]
}

/** The tiers that a provider of the table has a figure for. */
export function tierFactors(tableProvider: string): Readonly<Record<string, number>> {
  return FACTORS[tableProvider] ?? {}
}
