/** Names of what is secret. */
export const NAME: string = String.raw`(?:secrets?|(?:api|access|account|auth|client|encryption|private|secret|shared|signing|subscription)[_-]?(?:access[_-]?)?(?:keys?|secrets?|tokens?)|credentials?|authorization)`
// alone, a word of machine learning
export const NAME_OR_TOKEN: string = `(?:${NAME}|token)`
export const PASSWORD: string = '(?:password|passwd|passphrase|pwd)'

/**
 * What stands before a colon or an equals sign if a secret follows, or between the parts of an IPv6 address.
 * One look for all the rules that it concerns: every look at a class of characters costs the same.
 */
export const AFTER_NAMES: RegExp = new RegExp(
  String.raw`[:=](?:(?<=(?:${PASSWORD}|${NAME_OR_TOKEN})["'\\]{0,4} ?[:=])|(?<=::|(?:[\da-f]{1,4}:){4}))`,
  'i',
)
