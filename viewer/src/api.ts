/**
 * What the viewer answers under `/data`, as JSON. Moments are milliseconds since 1970 and durations are
 * milliseconds, both with a fraction; a cost is in US dollars. What is not known is left out.
 */
export type * from './api/general.ts'
export type * from './api/metrics.ts'
export type * from './api/overview.ts'
export type * from './api/sessions.ts'
export type * from './api/traces.ts'
export type * from './api/training.ts'
