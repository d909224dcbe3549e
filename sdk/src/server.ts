import type { Endpoint } from './adapter.ts'

/** Who serves a call. One object a server, so that it can be a key. */
export interface Server {
  readonly provider: string
  readonly address?: string | undefined
  readonly port?: number | undefined
}

/** Hosts, by how they end, that tell the provider whatever client talks to them. */
const PROVIDERS: ReadonlyArray<readonly [string, string]> = [
  ['api.openai.com', 'openai'],
  ['.openai.azure.com', 'azure.ai.openai'],
  ['.cognitiveservices.azure.com', 'azure.ai.openai'],
  ['.services.ai.azure.com', 'azure.ai.inference'],
  ['.models.ai.azure.com', 'azure.ai.inference'],
  ['models.inference.ai.azure.com', 'azure.ai.inference'],
  ['api.anthropic.com', 'anthropic'],
  ['generativelanguage.googleapis.com', 'gcp.gemini'],
  ['aiplatform.googleapis.com', 'gcp.vertex_ai'],
  ['.amazonaws.com', 'aws.bedrock'],
  ['api.deepseek.com', 'deepseek'],
  ['api.groq.com', 'groq'],
  ['api.x.ai', 'x_ai'],
  ['api.perplexity.ai', 'perplexity'],
  ['api.mistral.ai', 'mistral_ai'],
  ['api.moonshot.ai', 'moonshot_ai'],
  ['api.moonshot.cn', 'moonshot_ai'],
  ['api.cohere.ai', 'cohere'],
  ['api.cohere.com', 'cohere'],
  ['openrouter.ai', 'openrouter'],
  ['api.together.xyz', 'together_ai'],
  ['api.fireworks.ai', 'fireworks_ai'],
]

const PORTS: Readonly<Record<string, number>> = { 'https:': 443, 'http:': 80 }
const MOST_ENTRIES = 1000

// A client has one base URL for life: parsing it for every call would cost as much as its attributes.
const known = new Map<string | undefined, Map<string, Server>>()

/** The server behind an endpoint; `fallback` is the adapter's own provider. */
export function serverOf(endpoint: Endpoint, fallback: string): Server {
  const { url, provider = fallback } = endpoint
  let servers = known.get(url)
  if (!servers) {
    if (known.size >= MOST_ENTRIES) known.clear()
    known.set(url, (servers = new Map()))
  }
  let server = servers.get(provider)
  if (!server) servers.set(provider, (server = parse(url, provider)))
  return server
}

function parse(url: string | undefined, fallback: string): Server {
  if (url === undefined || !URL.canParse(url)) return { provider: fallback }
  const { hostname, port, protocol } = new URL(url)
  const match = PROVIDERS.find(
    ([host]) => hostname === host || hostname.endsWith(host.startsWith('.') ? host : `.${host}`),
  )
  const provider = match?.[1] ?? fallback
  return { provider, address: hostname, port: port ? Number(port) : PORTS[protocol] }
}
