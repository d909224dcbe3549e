import { isIPv4, isIPv6 } from '#platform'
import { AFTER_NAMES } from './names.ts'
import { LONG_NUMBER } from './numbers.ts'
import { type RedactionRule, START } from './rule.ts'

/** Addresses of every machine tell of none. */
const LOCAL = /^(?:127\.|0\.0\.0\.0$|255\.255\.255)/

const ipv4: RedactionRule = {
  name: 'ip',
  hint: LONG_NUMBER,
  pattern: new RegExp(String.raw`${START}(?<!\d\.)\d{1,3}(?:\.\d{1,3}){3}(?![\dA-Za-z]|\.\d)`),
  check: (found) => isIPv4(found) && !LOCAL.test(found),
}

// words of code such as `Face::add` are made of the same letters: an address has a digit
const ipv6: RedactionRule = {
  name: 'ip',
  hint: AFTER_NAMES,
  pattern: new RegExp(
    String.raw`${START}(?<![:.])[\da-fA-F]{0,4}(?::[\da-fA-F]{0,4}){2,7}(?![\w:])`,
  ),
  check: (found) => isIPv6(found) && /\d/.test(found) && found !== '::1',
}

const password: RedactionRule = {
  name: 'password',
  hint: '@',
  pattern: /@(?<=:\/\/[^\s/:@"'\\]{0,64}:(?<before>[^\s/@"'\\]{1,256})@)/y,
  replacement: '[password]@',
}

/** Where somebody is, and what lets one in there. */
export const network: readonly RedactionRule[] = [ipv6, password, ipv4]
