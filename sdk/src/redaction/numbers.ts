/** Forms of long numbers, by their first characters, of which the rules that follow look closer. */
const FORMS: readonly string[] = [
  // phones with a zero before the area code
  String.raw`0(?=0[1-9]|[1-9][\d .-])(?<!\d[.,/:-]0)`,
  // phones of North America
  String.raw`\d{3}[) .-]{1,2}\d{3}[ .-]\d{4}`,
  // IPv4 addresses
  String.raw`\d{1,3}\.\d{1,3}\.\d{1,3}\.\d`,
  // payment cards
  String.raw`[2-6](?:[ .-]?\d){12}`,
]

/**
 * A number that could be an address, a card's or a phone's. Written out, for V8 then looks only at every
 * seventh character of what holds no such number.
 */
export const LONG_NUMBER: RegExp = new RegExp(
  String.raw`(?<!(?<!\\(?:u...)?)[A-Za-z\d])(?=${FORMS.join('|')})\d${String.raw`[\d .()/-]`.repeat(6)}`,
)
