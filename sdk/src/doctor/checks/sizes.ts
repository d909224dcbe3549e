import { MOST_BYTES } from '../../delivery/batches.ts'
import { settings } from '../../options.ts'
import { type Check, ok, problem } from '../check.ts'

/** How many spans OpenTelemetry's SDK sends at once. */
const SPANS = 512

export const sizes: Check = {
  name: 'Sizes',
  run: ({ environment }) => {
    const { captureContent, spanContentLimit } = settings()
    if (captureContent === 'no_content') return [ok('no content is captured: spans stay small')]
    const span = `a span may hold ${bytes(spanContentLimit)} of content`
    if (spanContentLimit > MOST_BYTES) {
      return [
        problem(
          `${span}, more than receivers usually take at once (4 MiB by gRPC)`,
          'Lower LLMSCOPE_SPAN_CONTENT_LIMIT, or raise the limit of the receiver; --size sends a span of so many bytes.',
        ),
      ]
    }
    const batch = Number(environment['OTEL_BSP_MAX_EXPORT_BATCH_SIZE'] ?? SPANS)
    return [
      ok(
        `${span}; the SDK that llmscope starts sends at most ${bytes(MOST_BYTES)} at once, one of the ` +
          `application's own up to ${bytes(batch * spanContentLimit)} (${batch} spans)`,
      ),
    ]
  },
}

function bytes(count: number): string {
  return count < 2 ** 20
    ? `${Math.round(count / 1024)} KiB`
    : `${Number((count / 2 ** 20).toFixed(1))} MiB`
}
