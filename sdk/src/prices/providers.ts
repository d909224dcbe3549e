/** What the price table calls a provider that it has under another name. */
const TABLE_NAMES: Readonly<Record<string, string>> = {
  'aws.bedrock': 'aws',
  'azure.ai.inference': 'azure',
  'azure.ai.openai': 'azure',
  fireworks_ai: 'fireworks',
  'gcp.gemini': 'google',
  'gcp.gen_ai': 'google',
  'gcp.vertex_ai': 'google',
  mistral_ai: 'mistral',
  moonshot_ai: 'moonshotai',
  together_ai: 'together',
  x_ai: 'x-ai',
}

/** The name in the price table of a provider by its `gen_ai.provider.name`. */
export function tableName(provider: string): string {
  return TABLE_NAMES[provider] ?? provider
}

/** Every `gen_ai.provider.name` that a provider of the table goes by. */
export function providerNames(table: string): string[] {
  const names = Object.keys(TABLE_NAMES).filter((name) => TABLE_NAMES[name] === table)
  return names.length > 0 ? names : [table]
}
