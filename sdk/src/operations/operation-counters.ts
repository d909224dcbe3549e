import { type MeterProvider, metrics } from '@opentelemetry/api'
import { guard } from '../guard.ts'
import { operationsEnded, operationsOpen, operationsStarted } from '../metrics.ts'
import { SCOPE } from '../scope.ts'

let provider: MeterProvider | undefined
let started = 0
let ended = 0

/** An operation has begun. It is counted here and read when metrics are exported, as tokens are. */
export function countStarted(): void {
  started += 1
  const current = metrics.getMeterProvider()
  if (current === provider) return
  provider = current
  guard('operation counters', () => register(current))
}

/** One that was counted as started is over. */
export function countEnded(): void {
  ended += 1
}

function register(to: MeterProvider): void {
  const meter = to.getMeter(SCOPE.name, SCOPE.version)
  const began = meter.createObservableCounter(operationsStarted.name, operationsStarted)
  const finished = meter.createObservableCounter(operationsEnded.name, operationsEnded)
  const open = meter.createObservableUpDownCounter(operationsOpen.name, operationsOpen)
  meter.addBatchObservableCallback(
    (result) => {
      result.observe(began, started)
      result.observe(finished, ended)
      result.observe(open, started - ended)
    },
    [began, finished, open],
  )
}
