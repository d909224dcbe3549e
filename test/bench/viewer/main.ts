/** What a viewer takes in a second, and how long it looks for something among many spans. */
import { parseArgs } from 'node:util'
import { startReceiver } from './receivers.ts'
import { Sender, traceIdOf } from './spans.ts'

const { values } = parseArgs({
  options: {
    spans: { type: 'string', default: '1000000' },
    jaeger: { type: 'string' },
  },
})
const total = Number(values.spans)
const QUERIES: Readonly<Record<string, (trace: string) => string>> = {
  'newest 50 traces': () => '/data/traces',
  'a page in the middle, of one model': () =>
    '/data/traces?model=model-3&limit=50&to=1764000500000',
  'errors of one service': () => '/data/traces?service=service-2&errors=true',
  'a rare word': () => '/data/traces?text=needle77',
  'a word that every span has': () => '/data/traces?text=conversation',
  facets: () => '/data/facets',
  'a trace of 10 spans': (trace) => `/data/traces/${trace}`,
  'a trace of 1,000 spans': () => `/data/traces/${traceIdOf('big', 1000)}`,
  'a trace of 10,000 spans': () => `/data/traces/${traceIdOf('big', 10_000)}`,
  'overview of an hour': () => '/data/overview?from=1764000000000&to=1764003600000',
  sessions: () => '/data/sessions',
  status: () => '/data/status',
}

const print = (line: string): void => void process.stdout.write(`${line}\n`)

async function main(): Promise<void> {
  for (const name of values.jaeger === undefined ? ['viewer'] : ['viewer', 'jaeger']) {
    const receiver = await startReceiver(name, values.jaeger)
    const sender = new Sender(receiver.otlp)
    // what a process needs to become fast is no part of how fast it is
    await sender.send(20_000)
    const spans = name === 'viewer' ? total : Math.min(total, 200_000)
    const { seconds, bytes } = await sender.send(spans)
    print(
      `${name}: ${Math.round(spans / seconds)} spans/s of ${Math.round(bytes / spans)} bytes, ${receiver.memory()} MiB`,
    )
    if (name === 'viewer') await look(receiver.page, sender)
    await receiver.stop()
  }
}

async function look(page: string, sender: Sender): Promise<void> {
  await sender.sendTrace('big', 1000)
  await sender.sendTrace('big', 10_000)
  for (const [what, path] of Object.entries(QUERIES)) {
    const times: number[] = []
    let bytes = 0
    for (let turn = 0; turn < 11; turn += 1) {
      const started = performance.now()
      const response = await fetch(page + path(traceIdOf('small', 1000 + turn)))
      const body = await response.arrayBuffer()
      times.push(performance.now() - started)
      bytes = body.byteLength
      if (!response.ok) throw new Error(`${path('')} answered ${response.status}`)
    }
    const [first = 0] = times
    const median = times.toSorted((one, other) => one - other)[5] ?? 0
    print(`  ${what}: ${median.toFixed(1)} ms (first ${first.toFixed(1)}), ${bytes} bytes`)
  }
}

await main()
