import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { labelName } from '@llmscope/dashboards'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { emitted, labelsOf } from './emitted.ts'
import { selectors, syntaxErrors } from './promql.ts'

interface Destination {
  readonly name: string
  readonly datasourceUid?: string
}
interface Tag {
  readonly key: string
  readonly value: string
}
interface DataSource {
  readonly uid: string
  readonly type: string
  readonly jsonData: {
    readonly exemplarTraceIdDestinations?: readonly Destination[]
    readonly tracesToMetrics?: {
      readonly datasourceUid: string
      readonly tags: readonly Tag[]
      readonly queries: readonly { readonly query: string }[]
    }
  }
}

const folder = join(import.meta.dirname, '../../dashboards/provisioning')
const { datasources }: { datasources: DataSource[] } = parse(
  readFileSync(join(folder, 'datasources/llmscope.yaml'), 'utf8'),
)

function source(type: string): DataSource {
  const found = datasources.find((each) => each.type === type)
  if (!found) throw new Error(`there is no data source of type ${type}`)
  return found
}

test('a point of a graph leads to its trace in Jaeger', () => {
  const destinations = source('prometheus').jsonData.exemplarTraceIdDestinations
  expect(destinations).toEqual([
    expect.objectContaining({ name: 'trace_id', datasourceUid: source('jaeger').uid }),
    expect.objectContaining({ name: 'trace_id', url: expect.stringMatching(/^http/) }),
  ])
})

test('a span leads to the metrics of spans like it', () => {
  const { datasourceUid, tags = [], queries = [] } = source('jaeger').jsonData.tracesToMetrics ?? {}
  expect(datasourceUid).toBe(source('prometheus').uid)
  expect(tags.map(({ key }) => labelName(key))).toEqual(tags.map(({ value }) => value))
  for (const { query } of queries) {
    const asked = query.replace('$$__tags', tags.map(({ value }) => `${value}="x"`).join(', '))
    expect(syntaxErrors(asked)).toEqual([])
    for (const { metric, filters } of selectors(asked)) {
      expect(emitted.has(metric)).toBe(true)
      expect([...labelsOf(metric)]).toEqual(expect.arrayContaining([...filters]))
    }
  }
})
