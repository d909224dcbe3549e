/** The OpenAPI document tells what is answered. */
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { DESCRIBED } from '../../viewer/src/server/openapi.ts'
import { routes } from '../../viewer/src/server/routes/index.ts'
import { sendShop, START } from './shop.ts'
import { startViewerProcess, type ViewerProcess } from './viewer-process.ts'

const COMMITTED = new URL('../../viewer/openapi.json', import.meta.url)

let viewer: ViewerProcess

beforeAll(async () => {
  viewer = await startViewerProcess()
  await sendShop(viewer)
  const attributes = [{ key: 'training.run.id', value: { stringValue: 'run' } }]
  const logRecords = [{ eventName: 'training.step', timeUnixNano: '1', attributes }]
  await viewer.send('logs', { resourceLogs: [{ scopeLogs: [{ logRecords }] }] })
}, 60_000)
afterAll(() => viewer?.stop())

/** Something that is there, for each path. */
const ASKED: Readonly<Record<string, string>> = {
  '/data/traces/{id}': `/data/traces/${'1'.repeat(32)}`,
  '/data/traces/{id}/otlp': `/data/traces/${'1'.repeat(32)}/otlp`,
  '/data/metrics/query': `/data/metrics/query?name=shop.wait&from=${START}&to=${START + 9000}`,
  '/data/runs/{id}': '/data/runs/run',
  '/data/runs/series': '/data/runs/series?run=run&metric=training.loss',
  '/data/sessions/{id}': '/data/sessions/talk',
}

test.each(Object.entries(DESCRIBED))(
  '%s answers what the document says',
  async (path, described) => {
    const { has, mayHave = [] } = described
    const answer = (await viewer.get(ASKED[path] ?? path)) as object
    const names = Object.keys(answer)
    expect(names).toEqual(expect.arrayContaining([...has]))
    expect([...has, ...mayHave]).toEqual(expect.arrayContaining(names))
  },
)

test('every path of the API is in the document', () => {
  const paths = routes.map(({ path }) => path).filter((path) => path.startsWith('/data/'))
  expect(Object.keys(DESCRIBED).toSorted()).toEqual(
    paths.filter((path) => path !== '/data/openapi.json').toSorted(),
  )
})

test('the document that is served is the one that is committed', async () => {
  expect(await viewer.get('/data/openapi.json')).toEqual(
    JSON.parse(readFileSync(COMMITTED, 'utf8')),
  )
})
