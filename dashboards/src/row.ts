import type { Builder } from '@grafana/grafana-foundation-sdk/cog'
import type { Panel } from '@grafana/grafana-foundation-sdk/dashboard'

/** A titled group of panels, which flow from left to right. */
export interface Row {
  readonly title: string
  readonly panels: ReadonlyArray<Builder<Panel>>
}
