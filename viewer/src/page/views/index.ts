import type { ComponentType } from 'preact'
import { HostsView } from './hosts.tsx'
import { LogsView } from './logs.tsx'
import { MetricsView } from './metrics.tsx'
import { OverviewView } from './overview.tsx'
import { SessionsView } from './sessions.tsx'
import { TraceView } from './trace.tsx'
import { TracesView } from './traces.tsx'
import { TrainingView } from './training.tsx'

export interface ViewProps {
  readonly address: URL
}

interface View {
  /** The name in the navigation. */
  readonly name: string
  readonly path: RegExp
  readonly View: ComponentType<ViewProps>
}

const traces: View = { name: 'Traces', path: /^\/(?:traces)?$/, View: TracesView }

const views: readonly View[] = [
  traces,
  { name: 'Traces', path: /^\/traces\/[^/]+$/, View: TraceView },
  { name: 'Overview', path: /^\/overview$/, View: OverviewView },
  { name: 'Training', path: /^\/training$/, View: TrainingView },
  // `/metrics` is what Prometheus asks for
  { name: 'Metrics', path: /^\/explore$/, View: MetricsView },
  { name: 'Hosts', path: /^\/hosts$/, View: HostsView },
  { name: 'Sessions', path: /^\/sessions$/, View: SessionsView },
  { name: 'Logs', path: /^\/logs$/, View: LogsView },
]

/** The view of a path; of one that no view has, the list of traces. */
export const viewOf = (pathname: string): View =>
  views.find(({ path }) => path.test(pathname)) ?? traces
