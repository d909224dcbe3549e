import { metrics, trace } from '@opentelemetry/api'
import { NodeSDK } from '@opentelemetry/sdk-node'
import { BatchSpanProcessor } from '@opentelemetry/sdk-trace'

/** An application whose OpenTelemetry SDK throws: `HOSTILE` says which part of it. */
const fail = () => {
  throw new Error('telemetry that throws')
}

// Starts fail now and then only: a span that never was cannot fail later on.
let starts = 0
const failSometimes = (value) => (starts++ % 3 === 0 ? fail() : value)

if (process.env.HOSTILE === 'processor') {
  const exporter = { export: fail, forceFlush: fail, shutdown: fail }
  const processor = {
    onStart: () => failSometimes(),
    onEnding: fail,
    onEnd: fail,
    forceFlush: fail,
    shutdown: fail,
  }
  const batch = new BatchSpanProcessor({ exporter, scheduledDelayMillis: 20 })
  new NodeSDK({ instrumentations: [], spanProcessors: [batch, processor] }).start()
}

if (process.env.HOSTILE === 'api') {
  const members = [
    'spanContext',
    'setAttribute',
    'setAttributes',
    'addEvent',
    'addLink',
    'addLinks',
  ]
  members.push('setStatus', 'updateName', 'end', 'isRecording', 'recordException')
  const span = Object.fromEntries(members.map((name) => [name, fail]))
  const instrument = { add: fail, record: fail, addCallback: fail, removeCallback: fail }
  const meter = new Proxy({}, { get: () => () => failSometimes(instrument) })
  trace.setGlobalTracerProvider({ getTracer: () => ({ startSpan: () => failSometimes(span) }) })
  metrics.setGlobalMeterProvider({ getMeter: () => meter })
}
