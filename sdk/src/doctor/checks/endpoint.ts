import {
  type Destination,
  destinationOf,
  type Signal,
  SIGNALS,
} from '../../delivery/destination.ts'
import { type Outcome, sendCanary } from '../canary.ts'
import { type Check, type Finding, ok, problem, unknown } from '../check.ts'
import { explain } from '../explain.ts'

const CANARIES: Readonly<Record<Signal, string>> = {
  traces: 'a span',
  metrics: 'a metric',
  logs: 'a log record',
}

export const endpoint: Check = {
  name: 'Endpoint',
  run: async (subject) => {
    const destinations = SIGNALS.map((signal) => destinationOf(signal, subject.environment))
    const wrong = destinations.filter(
      ({ exporters, url }) => exporters.includes('otlp') && !URL.canParse(url),
    )
    if (wrong.length > 0) return []
    let outcomes: ReadonlyMap<Signal, Outcome>
    try {
      outcomes = await sendCanary(subject)
    } catch (error) {
      const [reason] = String(error).split('\n')
      return [
        unknown(
          `no canary could be sent: ${reason}`,
          'Run: npm install @opentelemetry/sdk-node, in the folder of the application.',
        ),
      ]
    }
    return destinations.map((destination) => findingOf(destination, outcomes))
  },
}

function findingOf(destination: Destination, outcomes: ReadonlyMap<Signal, Outcome>): Finding {
  const { signal, exporters, protocol, url } = destination
  if (!exporters.includes('otlp')) {
    return ok(`${signal} go to ${exporters.join(', ')}: no canary was sent`)
  }
  const canary = `${CANARIES[signal]} to ${url} (${protocol})`
  const outcome = outcomes.get(signal)
  if (!outcome) {
    return unknown(
      `${canary} was not sent`,
      'Update @opentelemetry/sdk-node and @opentelemetry/api.',
    )
  }
  if (outcome.partial !== undefined) {
    return problem(`${canary}: taken in part, ${outcome.partial}`, 'See the log of the receiver.')
  }
  if (outcome.error === undefined) return ok(`${canary}: taken`)
  const { reason, advice } = explain(outcome.error, destination)
  return problem(`${canary}: ${reason}`, advice)
}
