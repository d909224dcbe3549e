import { useEffect, useRef } from 'preact/hooks'
import Plot from 'uplot'
import { useIsDark } from '../theme.ts'

/** One line of a chart; `null` where there is no value. */
export interface Line {
  readonly name: string
  readonly values: ReadonlyArray<number | null>
}

interface ChartProps {
  readonly title: string
  /** Of each point, in seconds since 1970 where `isTime`. */
  readonly places: readonly number[]
  readonly lines: readonly Line[]
  readonly isTime?: boolean
  readonly format: (value: number) => string
}

const HEIGHT = 180
const COLOURS = ['--line-1', '--line-2', '--line-3', '--line-4', '--line-5', '--line-6']

/** Lines over time, or over steps. */
export function Chart({ title, places, lines, isTime = true, format }: ChartProps) {
  const box = useRef<HTMLDivElement>(null)
  const isDark = useIsDark()
  useEffect(() => {
    const element = box.current
    if (!element) return undefined
    const colour = (name: string): string => colourOf(element, name)
    const axis = { stroke: colour('--soft'), grid: { stroke: colour('--rule') } }
    const options: Plot.Options = {
      width: element.clientWidth,
      height: HEIGHT,
      scales: { x: { time: isTime } },
      axes: [axis, { ...axis, size: 70, values: (_plot, ticks) => ticks.map(format) }],
      series: [
        {},
        ...lines.map(({ name }, index) => ({
          label: name,
          stroke: colour(COLOURS[index % COLOURS.length] ?? ''),
          spanGaps: true,
          value: (_plot: Plot, value: number | null) => (value === null ? '' : format(value)),
        })),
      ],
    }
    const data = [places, ...lines.map(({ values }) => values)] as Plot.AlignedData
    const plot = new Plot(options, data, element)
    const watcher = new ResizeObserver(() =>
      plot.setSize({ width: element.clientWidth, height: HEIGHT }),
    )
    watcher.observe(element)
    return () => {
      watcher.disconnect()
      plot.destroy()
    }
  }, [places, lines, isTime, format, isDark])
  return (
    <figure class="chart">
      <figcaption>{title}</figcaption>
      <div ref={box} />
    </figure>
  )
}

// A canvas knows no variables, and not the two colours of which the theme chooses one.
function colourOf(element: HTMLElement, name: string): string {
  element.style.color = `var(${name})`
  const { color } = getComputedStyle(element)
  element.style.color = ''
  return color
}
