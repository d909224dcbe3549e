import { LONG_NUMBER } from './numbers.ts'
import { type RedactionRule, START } from './rule.ts'

const LOCAL = String.raw`[\w.%+'\-\u0080-\uffff]{1,64}`
const LABEL = String.raw`[\w\-\u0080-\uffff]{1,63}`

/** Pictures for screens of twice the resolution are named like this. */
const FILE = /\.(?:png|jpe?g|gif|svg|webp|avif|js|css)$/i

// from the `@` on, which is rare: a pattern that begins with any letter is tried at every one
const email: RedactionRule = {
  name: 'email',
  hint: '@',
  pattern: new RegExp(
    String.raw`@(?<=(?<before>${LOCAL})@)(?:${LABEL}\.){1,8}[A-Za-z\u0080-\uffff]{2,63}`,
    'y',
  ),
  check: (found) => !found.startsWith('git@') && !FILE.test(found),
}

const emailInUrl: RedactionRule = {
  name: 'email',
  hint: '%40',
  pattern: /%40(?<=(?<before>[\w.+-]{1,64})%40)(?:[\w-]{1,63}\.){1,8}[A-Za-z]{2,63}/y,
}

const AREA = String.raw`[1-9]\d{0,2}[ ./-]?(?:\(\d{1,5}\)[ ./-]?)?\d(?:[ ./-]{0,2}\d){5,12}`

/** Not within a longer number, a date, a time or a word. */
const END = String.raw`(?![\dA-Za-z]|[.,:/-]\d)`
const BEGIN = String.raw`${START}(?<!\d[.,/:-])`

function hasPhoneLength(found: string): boolean {
  const digits = found.replaceAll(/\\u00..|\D/g, '').length
  return digits >= 8 && digits <= 15
}

const phone = (hint: string | RegExp, pattern: string): RedactionRule => ({
  name: 'phone',
  hint,
  pattern: new RegExp(pattern + END, typeof hint === 'string' ? 'y' : ''),
  check: hasPhoneLength,
})

const phones: readonly RedactionRule[] = [
  phone('+', String.raw`\+(?<=${START}\+)${AREA}`),
  // as some libraries write a plus sign in JSON
  phone(/\\u002[Bb]/, String.raw`\\u002[Bb]${AREA}`),
  // North America
  phone(
    LONG_NUMBER,
    String.raw`${BEGIN}(?:1[ .-])?(?:\([2-9]\d\d\) ?|[2-9]\d\d[ .-])[2-9]\d\d[ .-]\d{4}`,
  ),
  // with a zero before the area code: pairs as in France, Japan, others, and mobile numbers in one piece
  phone(
    LONG_NUMBER,
    String.raw`${BEGIN}(?:00(?=[1-9]\d{0,2}[ .(/-])${AREA}|0[1-9]([ .-])\d\d(?:\1\d\d){3}|0[1-9]-\d{4}-\d{4}|\(?0[1-9]\d{1,4}\)?[ /-]{1,3}\d{3,8}(?:[ -]\d{2,5}){0,2}|0(?:1[567]\d{8,9}|7\d{9}|6\d{8}))`,
  ),
]

/** How to reach a person. */
export const people: readonly RedactionRule[] = [email, emailInUrl, ...phones]
