import { LONG_NUMBER } from './numbers.ts'
import { type RedactionRule, START } from './rule.ts'

/** First digits and lengths of the networks: a long number that is none of theirs is no card. */
const NETWORKS =
  /^(?:4(?:\d{12}|\d{15}|\d{18})|(?:5[1-5]|2(?:2[2-9]|[3-6]\d|7[01])\d|2720)\d+|3[47]\d{13}|3(?:0[0-5]|[689]\d)\d{11,16}|35\d{14,17}|6(?:011|4[4-9]\d|5\d\d|2\d\d)\d{12,15}|(?:5[0678]|6[37])\d{10,17})$/

/** The check digit of payment cards. */
function passesLuhn(digits: string): boolean {
  let sum = 0
  for (let index = 0; index < digits.length; index += 1) {
    const digit = Number(digits[digits.length - 1 - index])
    const doubled = index % 2 === 1 ? digit * 2 : digit
    sum += doubled > 9 ? doubled - 9 : doubled
  }
  return sum % 10 === 0
}

/** Whether these digits, with or without separators, are a payment card's. */
export function isCard(text: string): boolean {
  const digits = text.replaceAll(/\D/g, '')
  return digits.length <= 19 && NETWORKS.test(digits) && passesLuhn(digits)
}

const card: RedactionRule = {
  name: 'card',
  hint: LONG_NUMBER,
  // cheap looks first: most digits begin no long number
  pattern: new RegExp(
    String.raw`[2-6](?=(?:[ .-]?\d){12})(?<=${START}\d)(?<!(?:[\da-fA-F]{4}-|\+)\d)(?:[ .-]?\d){12,18}(?![\dA-Za-z])`,
  ),
  check: isCard,
}

/** Lengths of IBANs by country, as SWIFT registers them. */
const IBANS: Readonly<Record<number, string>> = {
  15: 'NO',
  16: 'BE',
  18: 'DK FI FK FO GL NL SD',
  19: 'MK SI',
  20: 'AT BA EE KZ LT LU MN XK',
  21: 'CH HR LI LV',
  22: 'BG BH CR DE GB GE IE ME RS VA',
  23: 'AE GI IL IQ OM SO TL',
  24: 'AD CZ ES MD PK RO SA SE SK TN VG',
  25: 'LY PT ST',
  26: 'IS TR',
  27: 'BI DJ FR GR IT MC MR SM',
  28: 'AL AZ BY CY DO GT HN HU LB NI PL SV',
  29: 'BR EG PS QA UA',
  30: 'JO KW MU YE',
  31: 'MT SC',
  32: 'LC',
  33: 'RU',
}

/** The check digits of an IBAN: as a number, it leaves 1 when divided by 97. */
function passesMod97(found: string): boolean {
  const iban = found.replaceAll(/[ -]/g, '').toUpperCase()
  const digits = (iban.slice(4) + iban.slice(0, 4)).replaceAll(/[A-Z]/g, (letter) =>
    String(letter.charCodeAt(0) - 55),
  )
  return BigInt(digits) % 97n === 1n
}

const iban: RedactionRule = {
  name: 'iban',
  hint: /[A-Z]{2}\d\d[\dA-Z -]{8}/i,
  pattern: new RegExp(
    `${START}(?:${Object.entries(IBANS)
      .map(([length, countries]) => {
        const rest = Number(length) - 4
        return String.raw`(?:${countries.replaceAll(' ', '|')})\d\d(?:[ -]?[\dA-Z]){${rest}}`
      })
      .join('|')})(?![\\dA-Za-z])`,
    'i',
  ),
  check: passesMod97,
}

/** How somebody pays. An IBAN holds digits that could be a card's: it comes first. */
export const payment: readonly RedactionRule[] = [iban, card]
