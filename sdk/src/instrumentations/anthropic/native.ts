import type { TracerProvider } from '@opentelemetry/api'
import type { NativeTracing } from '../../calls/adapter.ts'
import { batches } from './plain.ts'

interface Settings {
  readonly tracerProvider?: TracerProvider
  readonly traces: object
}

interface Client {
  readonly openTelemetry?: Settings
}

/** Versions 0.134 and later trace themselves. */
export const native: NativeTracing = {
  owner: 'BaseAnthropic',
  tracer: '_tracer',
  settings: 'openTelemetry',
  calls: new Set([
    'anthropic.messages.create',
    'anthropic.messages.count_tokens',
    ...Object.keys(batches).map((name) => `anthropic.messages.batches.${name}`),
  ]),
  settle: (settings, { propagates, tellsContent }) => {
    const { propagation, traces, ...rest } = settings as Settings & {
      readonly propagation: boolean
    }
    return Object.freeze({
      ...rest,
      propagation: propagation && propagates,
      traces: Object.freeze({ ...traces, contentMode: tellsContent ? 'content' : 'metadata_only' }),
    })
  },
  provider: (self) => {
    const { _client: client = self } = self as { readonly _client?: Client }
    return (client as Client).openTelemetry?.tracerProvider
  },
}
