import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import {
  attributes,
  catalogue,
  events,
  formerAttributes,
  formerWorkflowName,
  spanEvents,
  spans,
} from '@llmscope/sdk/catalogue'
import * as conventions from '@opentelemetry/semantic-conventions'
import { adapters } from '../../sdk/src/instrumentations/index.ts'
import manifest from '../../sdk/package.json' with { type: 'json' }
import { expect, test } from 'vitest'
import { plainOperations } from '../../sdk/src/calls/plain-operations.ts'
import { namesOf } from './conformance/conformance.ts'

test('every metric has a unique name, a unit and a meaning', () => {
  expect(new Set(catalogue.map(({ name }) => name)).size).toBe(catalogue.length)
  for (const { name, unit, description } of catalogue) {
    expect(name).toMatch(/^(gen_ai|mcp|llmscope|training|otel\.sdk)\.[a-z0-9_.]+$/)
    expect(unit).toMatch(/^(s|By|1|\{([a-z_]+|USD)\})$/)
    expect(description).toMatch(/\.$/)
  }
})

const entries = [...Object.values(attributes), ...catalogue, ...spans, ...spanEvents, ...events]

test('every entry says since which version it is emitted, and how sure its name is', () => {
  const released = version(manifest.version)
  for (const { since, stability, source } of entries) {
    expect(version(since)).toBeLessThanOrEqual(released)
    expect(stability).toMatch(/^(stable|development|deprecated)$/)
    expect(source).not.toBe('')
  }
})

test('what is called stable is stable in the conventions, and nothing else is', () => {
  // a name of the specification of metrics itself
  const stable = new Set<unknown>([...Object.values(conventions), 'otel.metric.overflow'])
  for (const [name, { stability }] of Object.entries(attributes)) {
    expect([name, stability === 'stable']).toEqual([name, stable.has(name)])
  }
})

test('every attribute has a meaning, and a span, event or metric that carries it', () => {
  const carried = new Set<string>([
    ...[...spans, ...spanEvents, ...events].flatMap(namesOf),
    ...catalogue.flatMap((metric) => metric.attributes),
    // instead of all others, on any metric
    'otel.metric.overflow',
  ])
  for (const [name, { meaning }] of Object.entries(attributes)) {
    expect(meaning).toMatch(/\.$/)
    expect(carried).toContain(name)
  }
})

test('every operation has a span, and every span an operation that is known', () => {
  const named = [...new Set(spans.flatMap(({ operations }) => operations))]
  expect(named.toSorted()).toEqual(attributes['gen_ai.operation.name'].values?.toSorted())
})

test('every operation that is no call of a model is one of some client', () => {
  const called = new Set(
    adapters.flatMap(({ targets }) =>
      targets.flatMap(({ method }) =>
        'choose' in method ? method.operations : [method.operation],
      ),
    ),
  )
  expect(plainOperations.filter((name) => !called.has(name))).toEqual([])
})

test('a name of 1.41 says what it is called today', () => {
  const today = [...Object.entries(formerAttributes), ['gen_ai.agent.name', formerWorkflowName]]
  const replaced = Object.entries(attributes).flatMap(([name, { replacedBy }]) =>
    replacedBy === undefined ? [] : [[replacedBy, name]],
  )
  // that of a retrieval is still one of requests
  const others = today.filter(([name]) => name !== 'gen_ai.retrieval.top_k')
  expect(Object.fromEntries(replaced)).toEqual(Object.fromEntries(others))
})

test('nothing that runs in an application loads the texts of the catalogue', () => {
  const source = fileURLToPath(new URL('../../sdk/src', import.meta.url))
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.ts') && !file.startsWith('catalogue'),
  )
  expect(files.length).toBeGreaterThan(100)
  const loading = files.filter((file) =>
    /^(import|export) (?!type)[^';]*'[./]*catalogue/m.test(
      readFileSync(join(source, file), 'utf8'),
    ),
  )
  expect(loading).toEqual([])
})

/** A version as a number that can be compared. */
function version(text: string): number {
  const [major = 0, minor = 0, patch = 0] = text.split('.').map(Number)
  return (major * 1000 + minor) * 1000 + patch
}
