import { dashboardQueries, generatedFiles } from '@llmscope/dashboards'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { emitted, labelsOf } from './emitted.ts'
import { selectors, syntaxErrors } from './promql.ts'

interface RuleFile {
  groups: { rules: { alert: string; expr: string }[] }[]
}

const rules = [...generatedFiles()].flatMap(([path, content]) => {
  if (!path.startsWith('rules/')) return []
  const file: RuleFile = parse(content)
  return file.groups.flatMap((group) => group.rules)
})

const queries: [string, string][] = [
  ...dashboardQueries().map(({ dashboard, panel, expr }): [string, string] => [
    `${dashboard}: ${panel}`,
    expr,
  ]),
  ...rules.map(({ alert, expr }): [string, string] => [`alert ${alert}`, expr]),
]

/** What is wrong with which query. */
function faults(check: (expr: string) => readonly unknown[]): [string, unknown][] {
  return queries.flatMap(([where, expr]) => {
    return check(expr).map((fault): [string, unknown] => [where, fault])
  })
}

test('there is a query for every dashboard, choice and alert', () => {
  expect(queries.length).toBeGreaterThan(60)
  expect(rules.map(({ alert }) => alert)).toEqual(
    expect.arrayContaining([
      'LLMErrorRateHigh',
      'LLMLatencyHigh',
      'LLMRateLimitNear',
      'GPUUtilizationHigh',
      'GPUHealth',
      'ServiceDown',
    ]),
  )
})

test('every query is PromQL, with every variable of Grafana replaced', () => {
  expect(faults((expr) => syntaxErrors(expr))).toEqual([])
  expect(queries.filter(([, expr]) => expr.includes('$'))).toEqual([])
})

test('every query asks for metrics that are emitted', () => {
  const unknown = faults((expr) => {
    const asked = selectors(expr).map(({ metric }) => metric)
    return asked.length > 0 ? asked.filter((metric) => !emitted.has(metric)) : ['nothing']
  })
  expect(unknown).toEqual([])
})

test('every query asks for labels that its metrics carry', () => {
  const missing = faults((expr) => {
    return selectors(expr).flatMap(({ metric, filters, groups }) => {
      const carried = labelsOf(metric)
      return [...filters, ...groups]
        .filter((label) => !carried.has(label))
        .map((label) => `${metric} has no ${label}`)
    })
  })
  expect(missing).toEqual([])
})

test('the value of a counter is only ever read as a rate', () => {
  const raw = faults((expr) => {
    const counters = selectors(expr).filter(({ metric, call, aggregate }) => {
      const { instrument = 'gauge' } = emitted.get(metric) ?? {}
      const presence = call === 'count_over_time' || ['group', 'count'].includes(aggregate)
      return ['counter', 'histogram'].includes(instrument) && !presence
    })
    return counters.filter(({ call }) => !['rate', 'increase'].includes(call))
  })
  expect(raw).toEqual([])
})

test('a query that is not PromQL, or asks for what nobody emits, is found', () => {
  expect(syntaxErrors('sum(rate(x[5m])')).not.toEqual([])
  const [selector] = selectors('sum by (gone) (rate(gen_ai_gone_total{also="x"}[5m]))')
  expect(selector).toEqual({
    metric: 'gen_ai_gone_total',
    filters: ['also'],
    groups: ['gone'],
    call: 'rate',
    aggregate: 'sum',
  })
  expect(emitted.has('gen_ai_gone_total')).toBe(false)
  expect(labelsOf('hw_power_watts').has('gen_ai_request_model')).toBe(false)
})
