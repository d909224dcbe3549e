import { isQuick } from '#platform'
import { builtInRules } from './index.ts'
import type { RedactionRule } from './rule.ts'

/** Rules beside the built-in ones, or a function that makes all the rules from those. */
export type RedactionRules =
  | readonly RedactionRule[]
  | ((builtIn: readonly RedactionRule[]) => readonly RedactionRule[])

/** How long a pattern may take for the texts below, in milliseconds. */
const PATIENCE = 1000

/** Texts that take a pattern with nested repetitions for ever. */
const TRIALS: readonly string[] = ['a', '0', ' ', '-', 'a ', 'a0', 'a.', '0 '].map(
  (part) => `${part.repeat(2048)}\u0000`,
)

/** All rules: what the application gives, before the built-in ones or in their place. */
export function combine(given: RedactionRules): readonly RedactionRule[] {
  return typeof given === 'function' ? given(builtInRules) : [...given, ...builtInRules]
}

/** Throws a `TypeError` that names what is wrong with which rule. */
export function checkRules(given: unknown): void {
  const rules: unknown = typeof given === 'function' ? given(builtInRules) : given
  if (!Array.isArray(rules)) {
    throw new TypeError(
      'llmscope: option redactionRules takes a list of rules, or a function from the built-in rules to all',
    )
  }
  for (const [index, rule] of rules.entries()) {
    if (!builtInRules.includes(rule as RedactionRule)) check(rule, `redactionRules[${index}]`)
  }
}

/** What the fields of a rule may be. */
const FIELDS: { readonly [Field in keyof RedactionRule]-?: readonly [string, ...Test[]] } = {
  name: ['a string that is not empty', (value) => isString(value) && value !== ''],
  pattern: ['a RegExp', isPattern],
  check: ['a function', isMissing, (value) => typeof value === 'function'],
  replacement: ['a string', isMissing, isString],
  property: ['a RegExp', isMissing, isPattern],
  hint: ['a string or a RegExp', isMissing, isString, isPattern],
}

type Test = (value: unknown) => boolean

function check(rule: unknown, place: string): void {
  const fail = (problem: string): never => {
    throw new TypeError(
      `llmscope: ${place} ${problem}; write { name: 'badge', pattern: /B-\\d{6}/ }`,
    )
  }
  if (typeof rule !== 'object' || rule === null) return fail('is no rule')
  const fields = rule as Readonly<Record<string, unknown>>
  for (const [field, [expected, ...tests]] of Object.entries(FIELDS)) {
    if (!tests.some((test) => test(fields[field]))) fail(`needs a ${field} that is ${expected}`)
  }
  const { pattern } = rule as RedactionRule
  if (new RegExp(pattern).test('')) fail('has a pattern that matches the empty text')
  const tried = new RegExp(pattern.source, pattern.flags.replace('y', ''))
  if (!isQuick(tried, TRIALS, PATIENCE)) {
    fail('has a pattern that takes too long for a text that it does not match')
  }
}

function isString(value: unknown): value is string {
  return typeof value === 'string'
}

function isPattern(value: unknown): boolean {
  return value instanceof RegExp
}

function isMissing(value: unknown): boolean {
  return value === undefined
}
