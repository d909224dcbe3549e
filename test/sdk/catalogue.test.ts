import { catalogue } from '@llmscope/sdk/catalogue'
import { expect, test } from 'vitest'

test('every metric has a unique name, a unit and a meaning', () => {
  expect(new Set(catalogue.map(({ name }) => name)).size).toBe(catalogue.length)
  for (const { name, unit, description } of catalogue) {
    expect(name).toMatch(/^(gen_ai|llmscope|training|otel\.sdk)\.[a-z0-9_.]+$/)
    expect(unit).toMatch(/^(s|1|\{([a-z_]+|USD)\})$/)
    expect(description).toMatch(/\.$/)
  }
})
