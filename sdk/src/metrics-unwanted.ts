/** What OpenTelemetry's SDK counts of itself beside `metrics-opentelemetry.ts`: at a cost for every span, or of little use. */
const UNWANTED = [
  'otel.sdk.span.*',
  'otel.sdk.log.*',
  'otel.sdk.metric_reader.*',
  'otel.sdk.exporter.operation.*',
  'otel.sdk.exporter.*.inflight',
]

/** `AggregationType.DROP` of its metrics, which is no dependency of ours. */
const DROP = 1

/** Views for its configuration that keep the rest out. */
export const unwantedViews: readonly object[] = UNWANTED.map((instrumentName) => ({
  instrumentName,
  aggregation: { type: DROP },
}))
