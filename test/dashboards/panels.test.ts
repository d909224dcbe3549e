import { generatedFiles } from '@llmscope/dashboards'
import { expect, test } from 'vitest'
import { type Selector, selectors } from './promql.ts'

interface Target {
  readonly refId: string
  readonly expr: string
  readonly legendFormat: string
  readonly datasource: object
  readonly exemplar?: boolean
}
interface Panel {
  readonly type: string
  readonly id: number
  readonly title: string
  readonly gridPos: {
    readonly x: number
    readonly y: number
    readonly w: number
    readonly h: number
  }
  readonly targets: readonly Target[]
}
interface Dashboard {
  readonly uid: string
  readonly panels: readonly Panel[]
  readonly templating: { readonly list: readonly object[] }
}

const dashboards = [...generatedFiles()]
  .filter(([path]) => path.startsWith('grafana/'))
  .map(([path, json]): [string, Dashboard] => [path, JSON.parse(json)])

const chosen = { type: 'prometheus', uid: '${datasource}' }

function queryPanels(dashboard: Dashboard): Panel[] {
  return dashboard.panels.filter(({ type }) => type !== 'row')
}

function queries(dashboard: Dashboard): Target[] {
  return queryPanels(dashboard).flatMap(({ targets }) => targets)
}

function read(expr: string): Selector[] {
  return selectors(expr.replaceAll(/\$\w+/g, '5m'))
}

test('the dashboards have addresses of their own', () => {
  const uids = dashboards.map(([, { uid }]) => uid)
  expect(uids).toEqual(['llmscope-llm-service', 'llmscope-gpu-and-host', 'llmscope-training'])
})

test.each(dashboards)('%s cannot be edited, and shows fresh data', (_path, dashboard) => {
  expect(dashboard).toMatchObject({
    editable: false,
    refresh: '10s',
    schemaVersion: 42,
    tags: ['llmscope'],
    title: expect.stringMatching(/./),
    description: expect.stringMatching(/\.$/),
  })
})

test.each(dashboards)('%s lets the user choose the data source first', (_path, { templating }) => {
  const [datasource, ...choices] = templating.list
  expect(datasource).toMatchObject({ name: 'datasource', type: 'datasource', query: 'prometheus' })
  expect(choices.length).toBeGreaterThan(0)
  for (const choice of choices) {
    expect(choice).toMatchObject({
      type: 'query',
      datasource: { uid: '${datasource}' },
      refresh: 2,
      multi: true,
      includeAll: true,
      allValue: '.*',
    })
  }
})

test.each(dashboards)('the panels of %s have ids of their own', (_path, dashboard) => {
  const ids = dashboard.panels.map(({ id }) => id)
  expect(ids.every((id) => typeof id === 'number' && id > 0)).toBe(true)
  expect(new Set(ids).size).toBe(ids.length)
})

test.each(dashboards)('the panels of %s fit the grid side by side', (_path, dashboard) => {
  const taken = new Set<string>()
  for (const { x, y, w, h } of dashboard.panels.map(({ gridPos }) => gridPos)) {
    expect(x + w).toBeLessThanOrEqual(24)
    for (let row = y; row < y + h; row += 1) {
      for (let column = x; column < x + w; column += 1) {
        const cell = `${column},${row}`
        expect(taken.has(cell)).toBe(false)
        taken.add(cell)
      }
    }
  }
})

test.each(dashboards)('every line of %s is filled to its end', (_path, dashboard) => {
  const lines = new Map<number, number>()
  for (const { y, w } of dashboard.panels.map(({ gridPos }) => gridPos))
    lines.set(y, (lines.get(y) ?? 0) + w)
  expect([...lines].filter(([, width]) => width !== 24)).toEqual([])
})

test.each(dashboards)('the titles in %s are unique', (_path, dashboard) => {
  const titles = queryPanels(dashboard).map(({ title }) => title)
  expect(new Set(titles).size).toBe(titles.length)
})

test.each(dashboards)(
  'every panel of %s says what it shows and what no data means',
  (_path, dashboard) => {
    for (const panel of queryPanels(dashboard)) {
      expect(panel).toMatchObject({
        title: expect.stringMatching(/^[A-Z]/),
        description: expect.stringMatching(/\.\n\n- `[a-z_.0-9]+`: /),
        datasource: chosen,
        fieldConfig: { defaults: { unit: expect.any(String), noValue: expect.any(String) } },
      })
    }
  },
)

test.each(dashboards)('every query of %s goes to the chosen source', (_path, dashboard) => {
  for (const { targets } of queryPanels(dashboard)) {
    expect(targets).not.toEqual([])
    expect(new Set(targets.map(({ refId }) => refId)).size).toBe(targets.length)
  }
  for (const { datasource } of queries(dashboard)) expect(datasource).toEqual(chosen)
})

test.each(dashboards)('the windows of rates in %s follow the zoom', (_path, dashboard) => {
  const fixed = queries(dashboard).filter(({ expr }) => {
    // what came together in a day is a quantity of its own
    const zoomed = expr.replaceAll(/\bincrease\([^()]*\[1d\]\)/g, '')
    return /\[(?!\$__rate_interval\]|\$__range\])/.test(zoomed)
  })
  expect(fixed).toEqual([])
})

test.each(dashboards)('legends in %s are made of labels that are there', (_path, dashboard) => {
  for (const { expr, legendFormat } of queries(dashboard)) {
    const asked = legendFormat.match(/(?<=\{\{)\w+(?=\}\})/g) ?? []
    const kept = read(expr).flatMap(({ groups }) => groups)
    expect(kept).toEqual(expect.arrayContaining(asked))
  }
})

test('a point of the span latency leads to its trace', () => {
  const withExemplars = dashboards
    .flatMap(([, dashboard]) => queries(dashboard))
    .filter(({ exemplar }) => exemplar)
  const metrics = withExemplars.flatMap(({ expr }) => read(expr)).map(({ metric }) => metric)
  expect(metrics).toEqual(['traces_span_metrics_duration_milliseconds_bucket'])
})
