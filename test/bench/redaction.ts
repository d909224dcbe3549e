/**
 * What redaction costs, in µs for each kB of text: a tool's result with redaction less the same without,
 * round by round in turn. Tells the fastest round of each: whatever else the machine does only adds to it.
 *
 *     npm run bench
 */
import { start, tool } from '@llmscope/sdk'
import { NodeSDK } from '@opentelemetry/sdk-node'

const ROUNDS = 200
const CALLS = 10
const KILOBYTES = 16

/** Texts as applications have them, each repeated until it is long enough. */
const TEXTS: Readonly<Record<string, string>> = {
  prose: `Observability is the practice of understanding the internal state of a system from its outputs. In
2024 about 63% of teams (up from 41.5% in 2021) ran OpenTelemetry 1.30 or newer; see
https://opentelemetry.io/docs/concepts/signals/ for details. Risk-adjusted, well-known methods took 231 ms on 2025-03-14 10:22:05. `,
  'German prose': `Größe und Übermaß sind Wörter, die ein Text haben darf; am 14.03.2025 um 10:22 Uhr kostete das 1.234,56 €
und dauerte 3,5 Sekunden. Mehr dazu steht in Kapitel 7, Abschnitt 3. `,
  code: `const exporter = new OTLPTraceExporter({ url: 'http://localhost:4318/v1/traces', timeoutMillis: 10_000 })
provider.addSpanProcessor(new BatchSpanProcessor(exporter)) // see node_modules/@opentelemetry/sdk-trace
for (let index = 0; index < items.length; index += 1) total += items[index]?.price ?? 0
`,
  JSON: JSON.stringify({
    id: '550e8400-e29b-41d4-a716-446655440000',
    created: 1_767_225_600,
    score: 0.8312,
    title: 'Quarterly report',
    tags: ['finance', 'q3'],
    rows: [{ sku: 'A-1029', count: 12, price: 19.99 }],
  }),
  'with an e-mail address and a key': `Write to alice@example.com, and use sk-proj-bench-0aB1cD2eF3gH4iJ5 as the key. ${'The rest is prose as above, without anything that need be replaced, of which there is more than of the others. '.repeat(8)}`,
}

const ignore = (): void => {}
const resolve = (): Promise<void> => Promise.resolve()
// spans are recorded, and go nowhere
const nowhere = { onStart: ignore, onEnd: ignore, forceFlush: resolve, shutdown: resolve }
new NodeSDK({ spanProcessors: [nowhere], metricReaders: [], logRecordProcessors: [] }).start()

process.stdout.write('\nRedaction, on texts of 16 kB\n')
for (const [name, text] of Object.entries(TEXTS)) {
  const long = text.repeat(Math.ceil((KILOBYTES * 1024) / text.length))
  const [off, on] = compare(long)
  const cost = (on - off) / (Buffer.byteLength(long) / 1024)
  process.stdout.write(`  ${name.padEnd(36)} ${cost.toFixed(2).padStart(8)} µs a kB\n`)
}

function compare(text: string): [off: number, on: number] {
  const samples: [number[], number[]] = [[], []]
  for (let round = -3; round < ROUNDS; round += 1) {
    for (const redaction of [false, true]) {
      start({ captureContent: 'span_only', redaction })
      const microseconds = timeOf(text)
      if (round >= 0) samples[Number(redaction)]?.push(microseconds)
    }
  }
  return [Math.min(...samples[0]), Math.min(...samples[1])]
}

function timeOf(text: string): number {
  // the patterns of a new start are not yet compiled
  for (let call = 0; call < 3; call += 1) tool('look', () => text)
  const started = performance.now()
  for (let call = 0; call < CALLS; call += 1) tool('look', () => text)
  return ((performance.now() - started) * 1000) / CALLS
}
