'use strict'
const api = require('@opentelemetry/api')
const metrics = require('@opentelemetry/sdk-metrics')
const { NodeSDK } = require('@opentelemetry/sdk-node')

const nothing = () => {}
const settled = async () => {}
const processor = {
  onStart: nothing,
  onEnd: nothing,
  onEmit: nothing,
  forceFlush: settled,
  shutdown: settled,
}

/** Counts what the SDK tells of its faults: by its metric, through `diag`, or in a warning. */
class Told {
  #count = 0

  constructor() {
    process.on('warning', ({ name }) => {
      if (name === 'LlmscopeWarning') this.note()
    })
  }

  note = () => {
    this.#count += 1
  }

  forget() {
    const count = this.#count
    this.#count = 0
    return count
  }
}

/** An OpenTelemetry SDK for one run. */
class Telemetry {
  #told
  #exporter = new metrics.InMemoryMetricExporter(metrics.AggregationTemporality.CUMULATIVE)
  #sdk

  constructor(told) {
    this.#told = told
    const reader = new metrics.PeriodicExportingMetricReader({
      exporter: this.#exporter,
      exportIntervalMillis: 3_600_000,
    })
    this.#sdk = new NodeSDK({
      spanProcessors: [processor],
      metricReaders: [reader],
      logRecordProcessors: [processor],
      autoDetectResources: false,
    })
  }

  start() {
    const { note } = this.#told
    const logger = { error: note, warn: note, info: nothing, debug: nothing, verbose: nothing }
    api.diag.setLogger(logger, { suppressOverrideMessage: true })
    this.#sdk.start()
  }

  /** Exports metrics as a reader does in its time, and takes away what is registered globally. */
  async stop() {
    await this.#sdk.shutdown()
    const counted = this.#exporter
      .getMetrics()
      .flatMap(({ scopeMetrics }) => scopeMetrics.flatMap((scope) => scope.metrics))
    if (counted.some(({ descriptor }) => descriptor.name === 'llmscope.sdk.faults'))
      this.#told.note()
    for (const name of ['context', 'diag', 'logs', 'metrics', 'propagation', 'trace']) {
      api[name].disable()
    }
  }
}

module.exports = { Telemetry, Told }
