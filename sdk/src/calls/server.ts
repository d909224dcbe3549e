import type { Adapter, Endpoint } from './adapter.ts'
import { guard } from '../guard.ts'

/** Who serves a call. */
export interface Server {
  /** The same for the same provider, address and port. */
  readonly key: string
  readonly provider: string
  readonly address?: string | undefined
  readonly port?: number | undefined
}

/** Hosts that tell the provider, whatever client talks to them. */
const PROVIDERS: ReadonlyArray<readonly [host: RegExp, provider: string]> = [
  [/(^|\.)api\.openai\.com$/, 'openai'],
  [/\.openai\.azure\.(com|us|cn)$/, 'azure.ai.openai'],
  [/\.cognitiveservices\.azure\.com$/, 'azure.ai.openai'],
  [/\.(services|models)\.ai\.azure\.com$/, 'azure.ai.inference'],
  [/^models\.inference\.ai\.azure\.com$/, 'azure.ai.inference'],
  [/(^|\.)api\.anthropic\.com$/, 'anthropic'],
  [/^generativelanguage\.googleapis\.com$/, 'gcp.gemini'],
  [/(^|[.-])aiplatform\.googleapis\.com$/, 'gcp.vertex_ai'],
  [/^bedrock[\w-]*\.[\w-]+\.(amazonaws\.com|api\.aws)$/, 'aws.bedrock'],
  [/(^|\.)api\.deepseek\.com$/, 'deepseek'],
  [/(^|\.)api\.groq\.com$/, 'groq'],
  [/(^|\.)api\.x\.ai$/, 'x_ai'],
  [/(^|\.)api\.perplexity\.ai$/, 'perplexity'],
  [/(^|\.)api\.mistral\.ai$/, 'mistral_ai'],
  [/(^|\.)api\.moonshot\.(ai|cn)$/, 'moonshot_ai'],
  [/(^|\.)api\.cohere\.(ai|com)$/, 'cohere'],
  [/(^|\.)openrouter\.ai$/, 'openrouter'],
  [/(^|\.)api\.together\.(ai|xyz)$/, 'together_ai'],
  [/(^|\.)api\.fireworks\.ai$/, 'fireworks_ai'],
]

const PORTS: Readonly<Record<string, number>> = { 'https:': 443, 'http:': 80 }
const MOST_URLS = 1000

// A client has one base URL for life: parsing it for every call would cost as much as its attributes.
const known = new Map<string | undefined, Map<string, Server>>()

/** Where clients have sent requests that do not know it before. */
const reached = new WeakMap<object, Endpoint>()

/** The server behind a client, as far as it is known before a request is sent. */
export function serverFor(adapter: Adapter, client: unknown, input: unknown): Server {
  const endpoint = guard(
    'endpoint',
    () => reached.get(client as object) ?? adapter.endpoint(client, input),
  )
  return serverOf(endpoint ?? {}, adapter.provider)
}

/** Notes where a request went: the client's next call is for the same server, as far as anybody knows. */
export function noteReached(client: unknown, endpoint: Endpoint): void {
  if (typeof client === 'object' && client !== null) reached.set(client, endpoint)
}

/** The server behind an endpoint; `fallback` is the adapter's own provider. */
export function serverOf(endpoint: Endpoint, fallback: string): Server {
  const { url, provider = fallback } = endpoint
  let servers = known.get(url)
  if (!servers) {
    if (known.size >= MOST_URLS) known.clear()
    known.set(url, (servers = new Map()))
  }
  let server = servers.get(provider)
  if (!server) servers.set(provider, (server = parse(url, provider)))
  return server
}

function parse(url: string | undefined, fallback: string): Server {
  if (url === undefined || !URL.canParse(url)) return { key: fallback, provider: fallback }
  const { hostname: address, port: given, protocol } = new URL(url)
  const provider = PROVIDERS.find(([host]) => host.test(address))?.[1] ?? fallback
  const port = given ? Number(given) : PORTS[protocol]
  return { key: `${provider} ${address}:${port}`, provider, address, port }
}
