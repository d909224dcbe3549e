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
  /** Where the navigation leads; what is within another view has none. */
  readonly link?: string
  readonly path: RegExp
  readonly View: ComponentType<ViewProps>
}

const traces: View = { name: 'Traces', link: '/traces', path: /^\/(?:traces)?$/, View: TracesView }

export const views: readonly View[] = [
  traces,
  { name: 'Traces', path: /^\/traces\/[^/]+$/, View: TraceView },
  { name: 'Overview', link: '/overview', path: /^\/overview$/, View: OverviewView },
  { name: 'Training', link: '/training', path: /^\/training$/, View: TrainingView },
  // `/metrics` is what Prometheus asks for
  { name: 'Metrics', link: '/explore', path: /^\/explore$/, View: MetricsView },
  { name: 'Hosts', link: '/hosts', path: /^\/hosts$/, View: HostsView },
  { name: 'Sessions', link: '/sessions', path: /^\/sessions$/, View: SessionsView },
  { name: 'Logs', link: '/logs', path: /^\/logs$/, View: LogsView },
]

/** The view of a path; of one that no view has, the list of traces. */
export const viewOf = (pathname: string): View =>
  views.find(({ path }) => path.test(pathname)) ?? traces
