import { type RedactionRule, start, tool } from '@llmscope/sdk'
import { expect, test } from 'vitest'
import { answering, json } from './openai-client.ts'
import { key, LONG, PEM, SAMPLES } from './redaction-samples.ts'
import { useTelemetry } from './telemetry.ts'

const telemetry = useTelemetry({ captureContent: 'span_only' })

/** What leaves of a text. */
function sent(text: string): string {
  tool('look', () => text)
  return JSON.parse(String(telemetry().spans.at(-1)?.attributes['gen_ai.tool.call.result']))
}

const NESTED: readonly ((text: string) => string)[] = [
  (text) => text,
  (text) => `It is ${text}, as said.`,
  (text) => `"${text}"`,
  (text) => `first line\n${text}\nlast line`,
  (text) => JSON.stringify({ a: `first line\n${text}\nlast line` }),
  (text) => JSON.stringify({ a: JSON.stringify({ b: `\t${text}` }) }),
  (text) => `"Gr\\u00f6\\u00dfe\\u00e4${text}"`,
]

test.each(Object.entries(SAMPLES))('%s stands for what was found', (expected, { found }) => {
  for (const sample of found) {
    for (const [index, nest] of NESTED.entries()) {
      // its own line ends and quotes are escaped with the rest
      if (index > 3 && /[\n"\\%]/.test(sample)) continue
      expect(sent(nest(sample))).toBe(nest(expected))
    }
  }
})

test.each(Object.entries(SAMPLES).filter(([, { kept }]) => kept))(
  'what looks like %s stays',
  (_, { kept = [] }) => {
    for (const sample of kept) {
      for (const nest of NESTED.slice(0, 5)) expect(sent(nest(sample))).toBe(nest(sample))
    }
  },
)

test('a private key that is cut off is found all the same', () => {
  expect(sent(`"${PEM.slice(0, 3).join('\\n')}"`)).toBe('"[private key]"')
})

test('every rule has samples', () => {
  const names: string[] = []
  start({
    captureContent: 'span_only',
    redactionRules: (builtIn) => {
      names.push(...builtIn.map(({ name }) => name))
      return builtIn
    },
  })
  const sampled = Object.keys(SAMPLES).join(' ')
  expect(names.filter((name) => !sampled.includes(`[${name}]`))).toEqual([])
})

test('a secret is found where JSON has no quotes, and in names and under telling names', () => {
  tool('look', () => ({
    card: 4111111111111111,
    id: 1234567890123456,
    'alice@example.com': 1,
    password: 'swordfish',
    clientSecret: 'swordfish',
    nested: [{ authorization: 'swordfish', token: 'swordfish', __proto__: null }],
  }))
  expect(JSON.parse(String(telemetry().span().attributes['gen_ai.tool.call.result']))).toEqual({
    card: '[card]',
    id: 1234567890123456,
    '[email]': 1,
    password: '[password]',
    clientSecret: '[secret]',
    nested: [{ authorization: '[secret]', token: 'swordfish' }],
  })
})

test('a value that is not told stays itself', () => {
  const result = { at: 'alice@example.com', list: [1, { b: 'x' }] }
  expect(tool('look', () => result)).toBe(result)
  expect(result).toEqual({ at: 'alice@example.com', list: [1, { b: 'x' }] })
})

test('redaction can be turned off', () => {
  start({ captureContent: 'span_only', redaction: false })
  expect(sent('alice@example.com')).toBe('alice@example.com')
})

test('rules of the application come first, and the built-in ones stay', () => {
  const redactionRules: RedactionRule[] = [
    { name: 'badge', pattern: /B-\d{6}/i },
    { name: 'case', pattern: /case (?<secret>\d+)/, check: (found) => found !== '7' },
    { name: 'word', pattern: /xyzzy/, replacement: '***' },
  ]
  start({ captureContent: 'span_only', redactionRules })
  expect(sent('b-123456 case 12 case 7 xyzzy alice@example.com')).toBe(
    '[badge] case [case] case 7 *** [email]',
  )
})

test('a function chooses among the built-in rules', () => {
  start({
    captureContent: 'span_only',
    redactionRules: (builtIn) => builtIn.filter(({ name }) => name !== 'email'),
  })
  expect(sent('alice@example.com 8.8.8.8')).toBe('alice@example.com [ip]')
})

test('the hook has the last word, and is told where the text is from', () => {
  const seen: unknown[] = []
  start({
    captureContent: 'span_only',
    redact: (text, place) => {
      seen.push([text, place])
      return text.replace('Alice', 'somebody')
    },
  })
  expect(sent('Alice is alice@example.com')).toBe('somebody is [email]')
  expect(seen).toEqual([
    ['Alice is [email]', { kind: 'tool', attribute: 'gen_ai.tool.call.result' }],
  ])
})

function refuse(): never {
  throw new Error('no')
}

test.each([
  ['throws', refuse],
  ['returns no string', (): never => undefined as never],
])('where the hook %s the content is withheld, and the fault counted', async (_, redact) => {
  start({ captureContent: 'span_only', redact })
  const client = answering(() => json({ error: { message: 'alice@example.com' } }, 400))
  await client.chat.completions
    .create({ model: 'm', messages: [{ role: 'user', content: 'Hello' }] })
    .catch(() => undefined)
  const span = telemetry().span()
  expect(span.attributes['gen_ai.input.messages']).toBe('"[withheld: redaction failed]"')
  expect(span.status.message).toBe('[withheld: redaction failed]')
  expect(await telemetry().points('llmscope.sdk.faults')).toMatchObject([
    { attributes: { 'llmscope.fault.site': 'redaction' }, value: 2 },
  ])
})

test('a rule that throws withholds the content', () => {
  const rule = { name: 'x', pattern: /secret/, check: refuse }
  start({ captureContent: 'span_only', redactionRules: [rule] })
  expect(sent('harmless')).toBe('harmless')
  expect(sent('a secret')).toBe('[withheld: redaction failed]')
})

test('parameters that are sent in every mode are redacted too', async () => {
  start({ captureContent: 'no_content' })
  const client = answering(() => json({ id: 'x', choices: [] }))
  await client.chat.completions.create({
    model: 'm',
    messages: [],
    stop: ['END', 'alice@example.com'],
  })
  expect(telemetry().span().attributes['gen_ai.request.stop_sequences']).toEqual(['END', '[email]'])
})

test('a code of an error is told only if it is none of a secret', () => {
  // oxlint-disable-next-line no-throw-literal -- applications do throw such things
  expect(() =>
    tool('look', () => {
      throw { code: key('ghp_', LONG) }
    }),
  ).toThrow(expect.objectContaining({ code: expect.any(String) }))
  expect(telemetry().span().attributes['error.type']).toBe('Object')
})

test('a rule with a hint and a match of no length comes to its end', () => {
  start({
    captureContent: 'span_only',
    redactionRules: [{ name: 'mark', hint: 'badge', pattern: /(?=badge)/y }],
  })
  expect(sent('one badge, two badges')).toBe('one [mark]badge, two [mark]badges')
})
