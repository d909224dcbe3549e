/** What was acknowledged is there again, whatever happens to the process or its file. */
import { DatabaseSync } from 'node:sqlite'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { start } from '../sdk/child.ts'
import { startViewerProcess, type ViewerProcess } from './viewer-process.ts'

let folder: string
let viewer: ViewerProcess | undefined

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'viewer-'))
})
afterEach(() => viewer?.stop())
afterAll(() => rm(folder, { recursive: true }))

async function started(file: string, ...args: readonly string[]): Promise<ViewerProcess> {
  viewer = await startViewerProcess(['--file', file, ...args])
  return viewer
}

async function command(...args: readonly string[]): Promise<void> {
  const { code, stderr } = await start(['viewer/src/main.ts', ...args]).ended
  expect({ code, stderr }).toMatchObject({ code: 0 })
}

/** So many spans, each of a trace of its own. */
function traces(count: number, first = 1): object {
  const spans = Array.from({ length: count }, (_, index) => ({
    traceId: (first + index).toString(16).padStart(32, '0'),
    spanId: (first + index).toString(16).padStart(16, '0'),
    name: `span ${first + index}`,
    startTimeUnixNano: String(BigInt(1_764_000_000_000 + first + index) * 1_000_000n),
    endTimeUnixNano: String(BigInt(1_764_000_000_001 + first + index) * 1_000_000n),
    attributes: [{ key: 'text', value: { stringValue: `word${first + index} of many` } }],
  }))
  return { resourceSpans: [{ scopeSpans: [{ spans }] }] }
}

async function counts(of: ViewerProcess): Promise<{ traces: number; spans: number }> {
  const { storage } = (await of.get('/data/status')) as {
    storage: { traces: number; spans: number }
  }
  return { traces: storage.traces, spans: storage.spans }
}

test('everything acknowledged is there after kill -9 in the middle of writing', async () => {
  const file = join(folder, 'killed.db')
  const first = await started(file)
  let acknowledged = 0
  const sending = (async () => {
    for (let next = 1; ; next += 50) {
      const response = await first.send('traces', traces(50, next))
      if (response.ok) acknowledged = next + 49
    }
  })().catch(() => undefined)
  await expect.poll(() => acknowledged).toBeGreaterThan(500)
  await first.stop('SIGKILL')
  await sending
  const second = await started(file)
  const kept = await counts(second)
  expect(kept.spans).toBeGreaterThanOrEqual(acknowledged)
  expect(kept.traces).toBe(kept.spans)
  const found = await second.get(`/data/traces?text=word${acknowledged}`)
  expect(found).toMatchObject({ traces: [{ name: `span ${acknowledged}` }] })
  expect(second.complaints).toEqual([])
})

test.each<[string, string, (file: string) => void]>([
  ['is no database', 'damaged', (file) => writeFileSync(file, 'x'.repeat(10_000))],
  [
    'is of a newer viewer',
    'another version',
    (file) => {
      const database = new DatabaseSync(file)
      database.exec('PRAGMA user_version = 99')
      database.close()
    },
  ],
  [
    'is of another program',
    'not a file of the viewer',
    (file) => {
      const database = new DatabaseSync(file)
      database.exec('PRAGMA application_id = 7')
      database.close()
    },
  ],
])('a file that %s is set aside with all that was in it', async (_, told, spoil) => {
  const file = join(folder, `${told.replaceAll(' ', '-')}.db`)
  const first = await started(file)
  await first.send('traces', traces(3))
  await first.stop()
  spoil(file)
  const spoiled = readFileSync(file)
  const second = await started(file)
  expect(await counts(second)).toEqual({ traces: 0, spans: 0 })
  await expect.poll(() => second.complaints.join('\n')).toContain(told)
  const aside = readdirSync(folder).find((name) =>
    name.startsWith(`${told.replaceAll(' ', '-')}.db.`),
  )
  expect(readFileSync(join(folder, aside ?? '')).equals(spoiled)).toBe(true)
  expect((await second.send('traces', traces(2))).status).toBe(200)
  expect(await counts(second)).toEqual({ traces: 2, spans: 2 })
})

test('a file that is damaged while it is used is set aside, and what comes is kept', async () => {
  const file = join(folder, 'spoiled.db')
  const first = await started(file)
  await first.send('traces', traces(2000))
  await first.stop()
  const bytes = readFileSync(file)
  // the first page says what tables there are; all others are lost
  bytes.fill(0x5a, 4096 * 30)
  writeFileSync(file, bytes)
  const second = await started(file)
  await expect
    .poll(
      async () => {
        const { status } = await second.send('traces', traces(1, 5000))
        return status === 200 && second.complaints.join('\n').includes('damaged')
      },
      { timeout: 20_000 },
    )
    .toBe(true)
  expect(await second.get(`/data/traces/${(5000).toString(16).padStart(32, '0')}`)).toBeDefined()
  expect(
    readdirSync(folder).filter((name) => name.startsWith('spoiled.db.')).length,
  ).toBeGreaterThan(0)
})

test('what is exported and imported elsewhere is the same', async () => {
  const file = join(folder, 'exported.db')
  const first = await started(file)
  await first.send('traces', traces(700))
  await first.send('logs', {
    resourceLogs: [
      { scopeLogs: [{ logRecords: [{ body: { stringValue: 'a log' }, timeUnixNano: '5' }] }] },
    ],
  })
  const point = { timeUnixNano: '9', attributes: [{ key: 'a', value: { boolValue: true } }] }
  const metrics = [
    { name: 'whole', gauge: { dataPoints: [{ ...point, asInt: '3' }] } },
    {
      name: 'part',
      sum: {
        isMonotonic: true,
        aggregationTemporality: 2,
        dataPoints: [{ ...point, asDouble: 3 }],
      },
    },
    {
      name: 'spread',
      histogram: {
        aggregationTemporality: 1,
        dataPoints: [
          { ...point, count: '2', sum: 3.5, bucketCounts: ['1', '1'], explicitBounds: [1] },
        ],
      },
    },
    {
      name: 'fine',
      exponentialHistogram: {
        aggregationTemporality: 2,
        dataPoints: [
          {
            ...point,
            count: '1',
            scale: 3,
            zeroCount: '0',
            positive: { offset: -4, bucketCounts: ['1'] },
          },
        ],
      },
    },
  ]
  await first.send('metrics', { resourceMetrics: [{ scopeMetrics: [{ metrics }] }] })
  await first.stop()
  const lines = join(folder, 'lines.jsonl')
  const again = join(folder, 'imported.db')
  await command('export', '--file', file, lines)
  await command('import', '--file', again, lines)
  await command('export', '--file', again, `${lines}.again`)
  expect(readFileSync(lines, 'utf8').split('\n').length).toBeGreaterThan(5)
  expect(readFileSync(`${lines}.again`, 'utf8')).toBe(readFileSync(lines, 'utf8'))
})

test('more than may be kept goes, the oldest first', async () => {
  const file = join(folder, 'few.db')
  const first = await started(file)
  for (let next = 1; next < 4000; next += 500) await first.send('traces', traces(500, next))
  await first.stop()
  const second = await started(file, '--max-rows', '1000')
  await expect
    .poll(async () => (await counts(second)).spans, { timeout: 20_000 })
    .toBeLessThan(1100)
  const left = await counts(second)
  expect(await second.get('/data/traces?text=word4000')).toMatchObject({ traces: [{ spans: 1 }] })
  expect(await second.get('/data/traces?text=word1')).toEqual({ traces: [] })
  expect(await second.get('/data/facets')).toMatchObject({ services: [{ traces: left.traces }] })
})
