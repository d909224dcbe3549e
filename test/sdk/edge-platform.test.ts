import { createHash, randomBytes } from 'node:crypto'
import { isIPv4, isIPv6 } from 'node:net'
import { expect, test } from 'vitest'
import * as edge from '../../sdk/src/edge/platform.ts'

test.each([0, 1, 55, 56, 63, 64, 65, 119, 120, 1000, 100_000])(
  'without Node.js a SHA-256 of %i bytes is what it is',
  (length) => {
    const data = randomBytes(length)
    expect(edge.sha256(data)).toBe(createHash('sha256').update(data).digest('hex'))
    expect(edge.fromBase64(data.toString('base64'))).toEqual(Uint8Array.from(data))
    expect(edge.fromBase64(data.toString('base64url'))).toEqual(Uint8Array.from(data))
  },
)

test('a text is taken in UTF-8', () => {
  const text = 'Größe 漢 🦙'
  expect(edge.byteLength(text)).toBe(Buffer.byteLength(text))
  expect(edge.sha256(text)).toBe(createHash('sha256').update(text).digest('hex'))
})

test.each([
  '1.2.3.4',
  '256.1.1.1',
  '01.2.3.4',
  '1.2.3',
  '::1',
  'fe80::1',
  '2001:db8::8a2e:370:7334',
])('an address is one, or none: %s', (text) => {
  expect(edge.isIPv4(text)).toBe(isIPv4(text))
  expect(edge.isIPv6(text)).toBe(isIPv6(text))
})
