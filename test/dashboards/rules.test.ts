import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { run } from './programs.ts'

interface RuleFile {
  readonly groups: readonly { readonly rules: readonly { readonly alert: string }[] }[]
}
interface RuleTests {
  readonly tests: readonly {
    readonly alert_rule_test: readonly {
      readonly alertname: string
      readonly exp_alerts?: readonly object[]
    }[]
  }[]
}

const folder = join(import.meta.dirname, '../../dashboards/rules')
const files = readdirSync(folder).filter((name) => name.endsWith('.yml'))
const testFiles = readdirSync(join(folder, 'tests'))

test('promtool finds nothing to complain of in the rules', () => {
  const { status, text } = run(
    'promtool',
    'check',
    'rules',
    '--lint=all',
    ...files.map((name) => join(folder, name)),
  )
  expect(text).not.toMatch(/duplicate|error|FAILED/i)
  expect(status).toBe(0)
})

test.each(testFiles)('the alerts of %s fire when they should, and only then', (name) => {
  const { status, text } = run('promtool', 'test', 'rules', join(folder, 'tests', name))
  expect(text).not.toContain('FAILED')
  expect(status).toBe(0)
})

test('an alert with another limit does not pass its tests', () => {
  const copy = mkdtempSync(join(tmpdir(), 'llmscope-rules-'))
  try {
    const rules = readFileSync(join(folder, 'gpu.yml'), 'utf8')
    writeFileSync(join(copy, 'gpu.yml'), rules.replace('> 0.9', '> 0.8'))
    const tests = readFileSync(join(folder, 'tests/gpu.yml'), 'utf8')
    writeFileSync(join(copy, 'tests.yml'), tests.replace('../gpu.yml', 'gpu.yml'))
    const { status, text } = run('promtool', 'test', 'rules', join(copy, 'tests.yml'))
    expect(text).toContain('FAILED')
    expect(status).not.toBe(0)
  } finally {
    rmSync(copy, { recursive: true })
  }
})

test.each(files)('every alert of %s is tested firing and not firing', (name) => {
  const rules: RuleFile = parse(readFileSync(join(folder, name), 'utf8'))
  const { tests }: RuleTests = parse(readFileSync(join(folder, 'tests', name), 'utf8'))
  const cases = tests.flatMap((each) => each.alert_rule_test)
  const tested = (fires: boolean): Set<string> =>
    new Set(
      cases
        .filter(({ exp_alerts: expected = [] }) => expected.length > 0 === fires)
        .map(({ alertname }) => alertname),
    )
  const alerts = new Set(rules.groups.flatMap((group) => group.rules).map(({ alert }) => alert))
  expect(tested(true)).toEqual(alerts)
  expect(tested(false)).toEqual(alerts)
})
