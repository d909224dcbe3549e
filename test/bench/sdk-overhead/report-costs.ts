import type { Circumstances, Comparison, Series } from './compare.ts'
import { differences, type Estimate, estimate } from './interval.ts'

/** Prints a comparison: the first series is bare, the second ours. */
export function reportCosts(
  { title }: Comparison,
  { client, content }: Pick<Circumstances, 'client' | 'content'>,
  [bare, ours, ...others]: readonly Series[],
): void {
  if (!bare || !ours) throw new Error('A comparison needs a bare column and ours')
  process.stdout.write(
    `\n${title}: ${client.name}, content ${content ? 'on' : 'off'}. Medians of ${bare.measured.length} rounds, in µs, and where they lie with 95 % certainty\n`,
  )
  row('', 'all', 'added to bare', 'llmscope adds', '')
  row(bare.column.name, figure(estimate(bare.measured).median), '', '', '')
  for (const series of [ours, ...others]) {
    const more = estimate(differences(ours.measured, series.measured))
    row(
      series.column.name,
      figure(estimate(series.measured).median),
      interval(estimate(differences(series.measured, bare.measured))),
      series === ours ? '' : `${interval(more)} ${verdict(more)}`,
      marks(series, content),
    )
  }
}

function row(name: string, all: string, added: string, ours: string, marked: string): void {
  const cells = [name.padEnd(38), all.padStart(8), added.padStart(26), `  ${ours.padEnd(34)}`]
  process.stdout.write(`  ${[...cells, marked].join(' ').trimEnd()}\n`)
}

const figure = (microseconds: number): string => microseconds.toFixed(2)

const interval = ({ median, low, high }: Estimate): string =>
  `${figure(median)} [${figure(low)}, ${figure(high)}]`

function verdict({ low, high }: Estimate): string {
  if (low > 0) return 'more'
  return high < 0 ? 'less' : 'the same'
}

/** What a column does not do that others do, or does though it should not. */
function marks({ spans, metrics, content: received }: Series, content: boolean): string {
  if (spans === 0) return 'TRACES NOTHING'
  const marked = [
    ...(spans < 0.99 || spans > 1.01 ? [`${spans.toFixed(2)} spans a call`] : []),
    ...(metrics ? [] : ['no metrics']),
    ...(received === content ? [] : [content ? 'no content' : 'content all the same']),
  ]
  return marked.join(', ')
}
