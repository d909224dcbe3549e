'use strict'
const { OTLPMetricExporter } = require('@opentelemetry/exporter-metrics-otlp-http')
const { OTLPTraceExporter } = require('@opentelemetry/exporter-trace-otlp-http')
const { PeriodicExportingMetricReader } = require('@opentelemetry/sdk-metrics')
const { NodeSDK } = require('@opentelemetry/sdk-node')

const { APPLICATION_SINK } = process.env

/** Starts the application's own OpenTelemetry SDK, which sends to a place of its own. */
exports.start = () => {
  const sdk = new NodeSDK({
    instrumentations: [],
    traceExporter: new OTLPTraceExporter({ url: `${APPLICATION_SINK}/v1/traces` }),
    metricReaders: [
      new PeriodicExportingMetricReader({
        exporter: new OTLPMetricExporter({ url: `${APPLICATION_SINK}/v1/metrics` }),
      }),
    ],
  })
  sdk.start()
  process.once('beforeExit', () => void sdk.shutdown())
}
