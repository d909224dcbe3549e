/** Names of what is secret. */
export const NAME: string = String.raw`(?:secrets?|(?:api|access|account|auth|client|encryption|private|secret|shared|signing|subscription)[_-]?(?:access[_-]?)?(?:keys?|secrets?|tokens?)|credentials?|authorization)`
// alone, a word of machine learning
export const NAME_OR_TOKEN: string = `(?:${NAME}|token)`
export const PASSWORD: string = '(?:password|passwd|passphrase|pwd)'

const AFTER = String.raw`["'\\]{0,4} ?[:=]`
const AFTER_NAME = String.raw`(?<=(?=[rw]d|se|e[nty]|[lnty]s|al|on)..${AFTER})(?<=(?:${PASSWORD}|${NAME_OR_TOKEN})${AFTER})`
const IN_IPV6 = String.raw`(?<=[:\da-f]:)(?<=::|(?:[\da-f]{1,4}:){4})`

/**
 * What stands before a colon or an equals sign if a secret follows, or between the parts of an IPv6 address.
 * One look for all the rules that it concerns: every look at a class of characters costs the same. The last
 * letters come first, for most names of other things have others.
 */
export const AFTER_NAMES: RegExp = new RegExp(`[:=](?:${IN_IPV6}|${AFTER_NAME})`, 'i')
