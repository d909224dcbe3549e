import type { Endpoint } from '../../calls/adapter.ts'

/** Who is to serve a request. */
export interface Routed {
  readonly accessToken?: string
  /** By Hugging Face's name; `auto` leaves the choice to its router. */
  readonly provider?: string
  readonly endpointUrl?: string
}

const ROUTER = 'https://router.huggingface.co'

/** What Hugging Face serves itself, or whatever it chooses. */
const OWN: ReadonlySet<string> = new Set(['auto', 'hf-inference'])

/** Providers that the conventions or the price table have another name for. */
const NAMES: Readonly<Record<string, string>> = {
  'fireworks-ai': 'fireworks_ai',
  together: 'together_ai',
  'zai-org': 'zai',
}

/** What a client gives its methods by default. */
interface Client {
  readonly accessToken?: string
  readonly defaultOptions?: { readonly endpointUrl?: string }
}

/** Where a request goes: to an endpoint of one's own, through the router, or with a provider's key to that. */
export function endpoint(self: unknown, input: unknown): Endpoint {
  const { accessToken: own = '', defaultOptions = {} } = (self ?? {}) as Client
  const {
    accessToken = own,
    provider = 'auto',
    endpointUrl = defaultOptions.endpointUrl,
  } = (input ?? {}) as Routed
  if (endpointUrl !== undefined) return { url: endpointUrl }
  const isRouted = accessToken === '' || accessToken.startsWith('hf_')
  return {
    url: isRouted ? ROUTER : undefined,
    provider: OWN.has(provider) ? undefined : (NAMES[provider] ?? provider),
  }
}
