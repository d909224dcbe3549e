/** The agent of a vendor, which traces LLM clients by means of its own, into traces of its own. */
export interface VendorAgent {
  /** Name of its package. */
  readonly name: string
  /** Whether this process has loaded it. */
  isLoaded(): boolean
  /** Module of a client that it traces → what has it leave that client alone. */
  readonly optOut: Readonly<Record<string, string>>
  /** Attributes of a span of its own, if it is one that is none of OpenTelemetry's SDK. */
  attributesOf?(span: object): Readonly<Record<string, unknown>> | undefined
}

interface SentrySpan {
  getSpanJSON?(): { readonly data?: Readonly<Record<string, unknown>> }
}

const withoutIntegration = (name: string): string =>
  `Sentry.init({ integrations: (all) => all.filter(({ name }) => name !== '${name}') })`

export const vendorAgents: readonly VendorAgent[] = [
  {
    name: 'dd-trace',
    isLoaded: () => Symbol.for('dd-trace') in globalThis,
    optOut: {
      openai: 'DD_TRACE_OPENAI_ENABLED=false',
      '@anthropic-ai/sdk': 'DD_TRACE_ANTHROPIC_ENABLED=false',
      '@google/genai': 'DD_TRACE_GOOGLE_GENAI_ENABLED=false',
    },
  },
  {
    name: '@sentry/node',
    isLoaded: () => '__SENTRY__' in globalThis,
    optOut: {
      openai: withoutIntegration('OpenAI'),
      '@anthropic-ai/sdk': withoutIntegration('Anthropic_AI'),
      '@google/genai': withoutIntegration('Google_GenAI'),
    },
    attributesOf: (span) => (span as SentrySpan).getSpanJSON?.().data,
  },
]

/** What a vendor's span says, and whose it is. */
export function readVendorSpan(
  span: object,
): { readonly name: string; readonly attributes: Readonly<Record<string, unknown>> } | undefined {
  for (const agent of vendorAgents) {
    const attributes = agent.attributesOf?.(span)
    if (attributes) return { name: agent.name, attributes }
  }
  return undefined
}

/** What has another instrumentation leave a client alone. */
export function optOutOf(name: string, module: string): string {
  const agent = vendorAgents.find((candidate) => candidate.name === name)
  return (
    agent?.optOut[module] ??
    `in an auto-instrumentation: OTEL_NODE_DISABLED_INSTRUMENTATIONS=${module}`
  )
}
