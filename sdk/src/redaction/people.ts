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
  ),
  check: (found) => !found.startsWith('git@') && !FILE.test(found),
}

const emailInUrl: RedactionRule = {
  name: 'email',
  hint: '%40',
  pattern: /%40(?<=(?<before>[\w.+-]{1,64})%40)(?:[\w-]{1,63}\.){1,8}[A-Za-z]{2,63}/,
}

/** Longest first: which of them the digits are, `check` tells by their number. */
const PHONES = [
  // international
  String.raw`(?:\+|\\u002[Bb]|00(?=[1-9]\d{0,2}[ .(/-]))[1-9]\d{0,2}[ ./-]?(?:\(\d{1,5}\)[ ./-]?)?\d(?:[ ./-]{0,2}\d){5,12}`,
  // North America
  String.raw`(?:1[ .-])?(?:\([2-9]\d\d\) ?|[2-9]\d\d[ .-])[2-9]\d\d[ .-]\d{4}`,
  // five pairs, as in France
  String.raw`0[1-9]([ .-])\d\d(?:\1\d\d){3}`,
  // area code and number
  String.raw`\(?0[1-9]\d{1,4}\)?[ /-]{1,3}\d{3,8}(?:[ -]\d{2,5}){0,2}`,
  // two digits of area code, as in Japan
  String.raw`0[1-9]-\d{4}-\d{4}`,
  // mobile numbers in one piece: Germany, Britain, France
  String.raw`0(?:1[567]\d{8,9}|7\d{9}|6\d{8})`,
]

const phone: RedactionRule = {
  name: 'phone',
  // what these have and dates have not
  hint: new RegExp(
    String.raw`\+\d|\\u002[Bb]\d|0(?<=${START}0)[1-9]\d|00[1-9]|0[1-9]([ .-])\d\d\1\d\d\1|0[1-9]-\d{4}|\d{3}\)?[ .-]\d{3}[ .-]\d{4}`,
  ),
  pattern: new RegExp(
    String.raw`${START}(?<![\d][.,/-])(?:${PHONES.join('|')})(?![\dA-Za-z]|[.,:/-]\d)`,
  ),
  check: (found) => {
    const digits = found.replaceAll(/\\u00..|\D/g, '').length
    return digits >= 8 && digits <= 15
  },
}

/** How to reach a person. */
export const people: readonly RedactionRule[] = [email, emailInUrl, phone]
