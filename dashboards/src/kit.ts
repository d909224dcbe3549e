import type { Builder } from '@grafana/grafana-foundation-sdk/cog'
import {
  BigValueColorMode,
  BigValueGraphMode,
  GraphThresholdsStyleConfigBuilder,
  GraphThresholdsStyleMode,
  LegendDisplayMode,
  LegendPlacement,
  ReduceDataOptionsBuilder,
  SortOrder,
  StackingConfigBuilder,
  StackingMode,
  TooltipDisplayMode,
  VisibilityMode,
  VizLegendOptionsBuilder,
} from '@grafana/grafana-foundation-sdk/common'
import {
  FieldColorBuilder,
  FieldColorModeId,
  type Panel,
  type Threshold,
  ThresholdsConfigBuilder,
  ThresholdsMode,
} from '@grafana/grafana-foundation-sdk/dashboard'
import {
  FilterValueRangeBuilder,
  HeatmapColorMode,
  HeatmapColorOptionsBuilder,
  PanelBuilder as HeatmapBuilder,
  YAxisConfigBuilder,
} from '@grafana/grafana-foundation-sdk/heatmap'
import { PromQueryFormat } from '@grafana/grafana-foundation-sdk/prometheus'
import { PanelBuilder as StatBuilder } from '@grafana/grafana-foundation-sdk/stat'
import { PanelBuilder as TimeSeriesBuilder } from '@grafana/grafana-foundation-sdk/timeseries'
import { type PanelSpec, furnish } from './panel.ts'

/** Values from which a panel turns orange and red. */
export interface Limits {
  readonly warning: number
  readonly critical: number
}

export interface GraphSpec extends PanelSpec {
  /** Legend → colour, where a series always means the same thing. */
  readonly colors?: Readonly<Record<string, string>>
  /** Drawn as dashed lines. */
  readonly limits?: Limits
  /** Upper end of the axis, for a quantity that has one. */
  readonly max?: number
  /** Least upper end of the axis, so that a share of almost nothing does not fill the panel. */
  readonly softMax?: number
  /** Whether the axis starts at 0, as it does unless this is false. */
  readonly fromZero?: boolean
  readonly stacked?: boolean
  /** Marks single calls, each a link to its trace. Only for metrics that the Collector makes. */
  readonly exemplars?: boolean
  /** A part of every legend to write shorter, as a regular expression between slashes. */
  readonly shorten?: { readonly pattern: string; readonly to: string }
}

export interface StatSpec extends PanelSpec {
  readonly limits?: Limits
  readonly decimals?: number
}

/** Curves over time. */
export function graph(spec: GraphSpec): Builder<Panel> {
  const builder = new TimeSeriesBuilder()
  const panel = furnish(builder, spec, { width: 8, height: 8 }, (target) => {
    return spec.exemplars ? target.range().exemplar(true) : target.range()
  })
  panel
    .lineWidth(spec.stacked ? 1 : 2)
    .fillOpacity(spec.stacked ? 40 : 0)
    .showPoints(VisibilityMode.Never)
    .colorScheme(new FieldColorBuilder().mode(FieldColorModeId.PaletteClassic))
    .stacking(
      new StackingConfigBuilder().mode(spec.stacked ? StackingMode.Normal : StackingMode.None),
    )
    .legend(
      new VizLegendOptionsBuilder()
        .displayMode(LegendDisplayMode.List)
        .placement(LegendPlacement.Bottom)
        .showLegend(true),
    )
    .tooltip({ build: () => ({ mode: TooltipDisplayMode.Multi, sort: SortOrder.Descending }) })
  if (spec.fromZero ?? true) panel.min(0)
  if (spec.max !== undefined) panel.max(spec.max)
  if (spec.softMax !== undefined) panel.axisSoftMax(spec.softMax)
  if (spec.limits) {
    panel
      .thresholds(thresholds(spec.limits))
      .thresholdsStyle(
        new GraphThresholdsStyleConfigBuilder().mode(GraphThresholdsStyleMode.Dashed),
      )
  }
  for (const [legend, color] of Object.entries(spec.colors ?? {})) {
    panel.overrideByName(legend, [
      { id: 'color', value: { mode: FieldColorModeId.Fixed, fixedColor: color } },
    ])
  }
  if (spec.shorten) {
    const { pattern, to } = spec.shorten
    const options = { regex: pattern, renamePattern: to }
    panel.withTransformation({ id: 'renameByRegex', options })
  }
  return panel
}

/** One number for the whole time range, or the last one of a gauge. */
export function stat(spec: StatSpec): Builder<Panel> {
  const panel = furnish(new StatBuilder(), spec, { width: 4, height: 4 }, (target) => {
    return target.instant()
  })
  panel
    .graphMode(BigValueGraphMode.None)
    .colorMode(spec.limits ? BigValueColorMode.Value : BigValueColorMode.None)
    .reduceOptions(new ReduceDataOptionsBuilder().calcs(['lastNotNull']))
  if (spec.limits) panel.thresholds(thresholds(spec.limits))
  if (spec.decimals !== undefined) panel.decimals(spec.decimals)
  return panel
}

/** How often which values occur, over time. Takes one query, of `distribution()`. */
export function heatmap(spec: PanelSpec): Builder<Panel> {
  return furnish(new HeatmapBuilder(), spec, { width: 8, height: 8 }, (target) => {
    return target.range().format(PromQueryFormat.Heatmap)
  })
    .calculate(false)
    .color(
      new HeatmapColorOptionsBuilder()
        .mode(HeatmapColorMode.Scheme)
        .scheme('Blues')
        .exponent(0.5)
        .steps(64)
        .fill('dark-blue'),
    )
    .filterValues(new FilterValueRangeBuilder().le(1e-9))
    .yAxis(new YAxisConfigBuilder().unit(spec.unit))
    .showValue(VisibilityMode.Never)
    .cellGap(1)
}

function thresholds({ warning, critical }: Limits): ThresholdsConfigBuilder {
  const steps: Threshold[] = [
    { value: null, color: 'green' },
    { value: warning, color: 'orange' },
    { value: critical, color: 'red' },
  ]
  return new ThresholdsConfigBuilder().mode(ThresholdsMode.Absolute).steps(steps)
}
