import { AsyncLocalStorage } from 'node:async_hooks'
import { override } from '../../calls/replace.ts'
import { wrap } from '../../calls/wrap.ts'
import type { Declared } from '../../frameworks/subscription.ts'
import { guard } from '../../guard.ts'
import { reportOther } from '../../report.ts'

/** What one run of `ai` tells its integrations by. */
type Dispatcher = Readonly<Record<string, unknown>>

/** Those of its members that go by the channel. */
const CHANNELLED = [
  'runInTracingChannelSpan',
  'startTracingChannelContext',
  'executeLanguageModelCall',
]

interface Settings {
  readonly telemetry?: { readonly integrations?: unknown }
}

/** What the integrations of the run that goes on here are, where it has its own. */
const integrationsHere = new AsyncLocalStorage<unknown>()

/** Notes of each run which integrations it is given: the channel does not tell. */
export function watchDispatchers(declared: Declared): void {
  wrap(declared, 'createTelemetryDispatcher', (original) => (...args) => {
    const dispatcher = original(...args) as Dispatcher
    guard('integrations', () => {
      const { telemetry } = (args[0] ?? {}) as Settings
      mark(dispatcher, telemetry?.integrations)
    })
    return dispatcher
  })
}

function mark(dispatcher: Dispatcher, integrations: unknown): void {
  for (const name of CHANNELLED) {
    const member = dispatcher[name]
    if (typeof member !== 'function') continue
    override(dispatcher, name, (...args) =>
      integrationsHere.run(integrations, () => Reflect.apply(member, dispatcher, args) as unknown),
    )
  }
}

/** Whether the package that makes spans of `ai` for OpenTelemetry hears of what runs here: those of a run go before all others. */
export function hasOwnTracing(): boolean {
  const { AI_SDK_TELEMETRY_INTEGRATIONS: registered = [] } = globalThis as {
    AI_SDK_TELEMETRY_INTEGRATIONS?: readonly object[]
  }
  const here = integrationsHere.getStore() ?? registered
  const all = (Array.isArray(here) ? here : [here]) as readonly object[]
  const isTraced = all.some((one) => one.constructor.name.endsWith('OpenTelemetry'))
  if (isTraced)
    reportOther('ai', '@ai-sdk/otel', 'neither registerTelemetry() nor telemetry.integrations')
  return isTraced
}
