import { AFTER_NAMES, NAME, NAME_OR_TOKEN, PASSWORD } from './names.ts'
import { type RedactionRule, START } from './rule.ts'

const privateKey: RedactionRule = {
  name: 'private key',
  hint: 'KEY',
  // one that is cut off has no end
  pattern:
    /-----BEGIN [A-Z ]{0,32}PRIVATE KEY(?: BLOCK)?-----(?:[\s\S]{0,20000}?-----END [A-Z ]{0,32}PRIVATE KEY(?: BLOCK)?-----|[\w+/=\s\\:,.-]*)/,
}

const jwt: RedactionRule = {
  name: 'jwt',
  hint: '.eyJ',
  pattern: new RegExp(String.raw`eyJ(?<=${START}eyJ)[\w-]{5,}\.eyJ[\w-]{5,}(?:\.[\w-]*)?`),
}

const bearer: RedactionRule = {
  name: 'token',
  hint: /[Bb]earer [\w.~+/-]{16}/,
  pattern: /[Bb]earer (?<secret>[\w.~+/-]{16,}=*)/,
  check: (found) => /\d/.test(found),
}

/** `password: x1`, `"api_key": "x1"`, `--token=x1`, `Authorization: Basic x1`, escaped or not. */
const named: RedactionRule = {
  name: 'secret',
  hint: AFTER_NAMES,
  property: new RegExp(`${NAME}$`, 'i'),
  pattern: new RegExp(
    String.raw`${NAME_OR_TOKEN}["'\\]{0,4} ?[:=] ?["'\\]{0,4}(?:(?:Basic|Bearer|Token|Digest) )?(?<secret>[^\s"'\\,;&()[\]{}<>$]{6,})`,
    'i',
  ),
  check: (found) => /\d/.test(found) && /[A-Za-z]/.test(found),
}

/** As `named`, for what people choose: a word alone is prose, `Password: required`. */
const password: RedactionRule = {
  name: 'password',
  hint: AFTER_NAMES,
  property: new RegExp(`${PASSWORD}$`, 'i'),
  pattern: new RegExp(
    String.raw`${PASSWORD}["'\\]{0,4} ?[:=] ?["'\\]{0,4}(?<secret>[^\s"'\\,;&()[\]{}<>]{4,})`,
    'i',
  ),
  check: (found) => /[\d!@#$%^*+~]/.test(found),
}

/** Keys and signatures in the query of an address. */
const query: RedactionRule = {
  name: 'secret',
  hint: '=',
  pattern:
    /[?&](?:(?:x-)?(?:api|access|subscription|ocp-apim-subscription|auth)[-_]?(?:key|token)|key|apikey|token|sig|signature|code|password|pwd|secret|client_secret|x-(?:amz|goog)-(?:signature|credential|security-token))=(?<secret>[^&\s"'#\\<>,;)\]]{4,})/i,
}

/** What opens doors, whoever's it is. */
export const secrets: readonly RedactionRule[] = [privateKey, jwt, query, bearer, password, named]
