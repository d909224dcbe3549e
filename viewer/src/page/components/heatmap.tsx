import type { Heatmap as Counts } from '../../api.ts'

interface HeatmapProps {
  readonly title: string
  readonly heatmap: Counts
  readonly format: (value: number) => string
}

const HEIGHT = 160

/** How many values fell where: time to the right, greater values above, more of them darker. */
export function Heatmap({ title, heatmap: { bounds, counts }, format }: HeatmapProps) {
  const used = counts.flatMap((step) =>
    step.flatMap((count, bucket) => (count > 0 ? [bucket] : [])),
  )
  if (used.length === 0) return null
  const lowest = used.reduce((least, bucket) => Math.min(least, bucket))
  const highest = used.reduce((most, bucket) => Math.max(most, bucket))
  const most = counts.flat().reduce((greatest, count) => Math.max(greatest, count), 1)
  const height = HEIGHT / (highest - lowest + 1)
  const last = bounds.at(-1) ?? 0
  const upper = bounds[highest] === undefined ? `above ${format(last)}` : format(bounds[highest])
  return (
    <figure class="chart">
      <figcaption>
        {title} <span class="hint">{`from ${format(bounds[lowest - 1] ?? 0)} to ${upper}`}</span>
      </figcaption>
      <svg
        class="heatmap"
        role="img"
        aria-label={title}
        viewBox={`0 0 ${counts.length} ${HEIGHT}`}
        preserveAspectRatio="none"
      >
        {counts.map((step, place) =>
          step.map(
            (count, bucket) =>
              count > 0 && (
                <rect
                  key={`${place} ${bucket}`}
                  x={place}
                  y={(highest - bucket) * height}
                  width={1}
                  height={height}
                  fill-opacity={0.15 + 0.85 * (count / most)}
                >
                  <title>{count}</title>
                </rect>
              ),
          ),
        )}
      </svg>
    </figure>
  )
}
