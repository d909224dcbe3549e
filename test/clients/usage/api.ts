import type { Arbitrary } from 'fast-check'
import type { Answer, Dialect, ScriptedRequest } from '../../sdk/scripted-server/dialect.ts'
import { type ScriptedServer, startScriptedServer } from '../../sdk/scripted-server/server.ts'

/** Usage as a provider tells it. */
export type Told = Readonly<Record<string, unknown>>

/** One API that tells what a call has used, with the client that asks it. */
export interface UsageApi {
  readonly name: string
  /** Where usage stands in an answer, however deep. */
  readonly key: 'usage' | 'usageMetadata'
  /** All that it may tell of a whole answer, as it is on the wire. */
  readonly usage: Arbitrary<Told>
  /** What of it a stream tells when that share of it has been sent; absent where it is not streamed. */
  readonly soFar?: (usage: Told, share: number) => Told
  /** All tokens, by the provider's own sum. */
  total(usage: Told): number
  connect(usage: (share: number) => Told): Promise<Connection>
}

export interface Connection {
  readonly server: ScriptedServer
  /** The answer, or its chunks. */
  ask(model: string): Promise<object>
  stream(model: string): Promise<AsyncIterable<object>>
}

/** Starts a scripted server whose answers tell this usage: whole ones share 1, events their share of all. */
export function startTelling<Request extends ScriptedRequest>(
  dialect: Dialect<Request>,
  key: string,
  usage: (share: number) => Told,
): Promise<ScriptedServer> {
  const telling = ({ body, events, ...rest }: Answer): Answer => ({
    ...rest,
    body: replaced(body, key, usage(1)) as object,
    events: events.map(({ data, ...event }, index) => ({
      ...event,
      data: data.startsWith('{')
        ? JSON.stringify(replaced(JSON.parse(data), key, usage((index + 1) / events.length)))
        : data,
    })),
  })
  const apis = dialect.apis.map((api) => ({
    ...api,
    answer: (...call: Parameters<typeof api.answer>) => telling(api.answer(...call)),
  }))
  return startScriptedServer({ ...dialect, apis })
}

// where a provider has not yet anything to tell there is null
function replaced(value: unknown, key: string, usage: Told): unknown {
  return JSON.parse(
    JSON.stringify(value, (name, inner: unknown) => (name === key && inner ? usage : inner)),
  )
}

/** The usage that a part of an answer tells, however deep. */
export function usageIn(part: unknown, key: string): Told | undefined {
  let found: Told | undefined
  JSON.stringify(part, (name, inner: unknown) => {
    if (name === key && inner) found = inner as Told
    return inner
  })
  return found
}

/** A number of the fields of usage; 0 where it is left out. */
export const count = (usage: unknown, field: string): number =>
  Number((usage as Told | undefined)?.[field] ?? 0)
