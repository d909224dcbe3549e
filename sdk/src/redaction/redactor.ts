import { combine, type RedactionRules } from './custom.ts'
import type { RedactionRule } from './rule.ts'

/** Where a text is from. */
export interface Place {
  readonly kind: ContentKind
  /** Name of the attribute, or of the field, that it will be in. */
  readonly attribute: string
}

/** What captured content can be. `error`: the words of one, which can quote all the others. */
export type ContentKind =
  | 'instructions'
  | 'message'
  | 'tool'
  | 'retrieval'
  | 'evaluation'
  | 'error'
  | 'parameter'

/** The application's own last word on a text. */
export type Redact = (text: string, place: Place) => string

/** Rules that are tried where the same hint is found. */
export interface Suspicion {
  readonly hint: string | RegExp | undefined
  readonly rules: readonly RedactionRule[]
}

/** Milliseconds for one text that no rule may take, and how often it may all the same, on a busy machine. */
const SLOW = 500
const PATIENCE = 3

const MOST_NAMES = 1000

/** What an application chose of redaction. */
export interface RedactionOptions {
  readonly redaction: boolean
  readonly redactionRules: RedactionRules
  readonly redact: Redact | undefined
}

let chosen: RedactionOptions | undefined
let current: Redactor | undefined

/** The redactor of these options, or nothing where nothing is to be redacted. */
export function redactor(options: RedactionOptions): Redactor | undefined {
  if (options === chosen) return current
  chosen = options
  const { redaction, redactionRules, redact } = options
  const rules = redaction ? combine(redactionRules) : []
  return (current = redaction || redact ? new Redactor(rules, redact) : undefined)
}

/** Finds and replaces what must not leave. Whatever it throws, the text may not leave either. */
export class Redactor {
  readonly #suspicions: readonly Suspicion[]
  readonly #hints: readonly Suspicion['hint'][]
  readonly #redact: Redact | undefined
  readonly #properties: readonly RedactionRule[]
  readonly #named = new Map<string, string | undefined>()
  #timesSlow = 0

  constructor(rules: readonly RedactionRule[], redact: Redact | undefined) {
    this.#suspicions = suspicionsOf(rules)
    this.#hints = [...new Set(this.#suspicions.map(({ hint }) => hint))]
    this.#properties = rules.filter(({ property }) => property)
    this.#redact = redact
  }

  /** What could be found in a text: nothing, most of the time, and then it can go as it is. */
  suspect(text: string): readonly Suspicion[] | undefined {
    const hints = this.#hints.filter((hint) => isHinted(text, hint))
    if (hints.length === 0 && !this.#redact) return undefined
    return this.#suspicions.filter(({ hint }) => hints.includes(hint))
  }

  /** The text as it may leave, as far as these suspicions go. */
  text(text: string, place: Place, suspicions: readonly Suspicion[] = this.#suspicions): string {
    const ruled = this.#ruled(text, suspicions)
    if (!this.#redact) return ruled
    const redacted: unknown = this.#redact(ruled, place)
    if (typeof redacted === 'string') return redacted
    throw new TypeError(`the redact hook returned ${typeof redacted} in place of a string`)
  }

  /** What stands for the value of a property whose name says that it is secret. */
  property(name: string): string | undefined {
    if (this.#properties.length === 0) return undefined
    if (!this.#named.has(name)) {
      if (this.#named.size > MOST_NAMES) this.#named.clear()
      const rule = this.#properties.find(({ property }) => property?.test(name))
      this.#named.set(name, rule && replacementOf(rule))
    }
    return this.#named.get(name)
  }

  /** A property's name as it may leave. */
  name(name: string, suspicions: readonly Suspicion[] = this.#suspicions): string {
    return this.#ruled(name, suspicions)
  }

  #ruled(text: string, suspicions: readonly Suspicion[]): string {
    if (this.#timesSlow > PATIENCE) throw new Error('the redaction rules are too slow')
    const started = performance.now()
    let ruled = text
    for (const { hint, rules } of suspicions) {
      if (isHinted(ruled, hint)) for (const rule of rules) ruled = replaced(ruled, rule)
    }
    if (performance.now() - started > SLOW) this.#timesSlow += 1
    return ruled
  }
}

function isHinted(text: string, hint: string | RegExp | undefined): boolean {
  if (hint === undefined) return true
  return typeof hint === 'string' ? text.includes(hint) : hint.test(text)
}

function suspicionsOf(rules: readonly RedactionRule[]): Suspicion[] {
  const suspicions: { hint: Suspicion['hint']; rules: RedactionRule[] }[] = []
  const stateless = new Map<Suspicion['hint'], Suspicion['hint']>()
  for (const rule of rules) {
    if (!stateless.has(rule.hint)) stateless.set(rule.hint, withoutState(rule.hint))
    const hint = stateless.get(rule.hint)
    const global = { ...rule, pattern: withFlags(rule.pattern, isAtHint(rule) ? 'y' : 'g') }
    // the order of the rules stays
    if (hint !== undefined && hint === suspicions.at(-1)?.hint)
      suspicions.at(-1)?.rules.push(global)
    else suspicions.push({ hint, rules: [global] })
  }
  return suspicions
}

function isAtHint({ hint, pattern }: RedactionRule): boolean {
  return typeof hint === 'string' && pattern.sticky
}

function withoutState(hint: Suspicion['hint']): Suspicion['hint'] {
  return hint instanceof RegExp ? withFlags(hint, '') : hint
}

/** The same pattern, which remembers nothing of its last use. */
function withFlags({ source, flags }: RegExp, more: string): RegExp {
  return new RegExp(source, flags.replaceAll(/[gy]/g, '') + more)
}

function replacementOf({ name, replacement }: RedactionRule): string {
  return replacement ?? `[${name}]`
}

function replaced(text: string, rule: RedactionRule): string {
  let made = ''
  let done = 0
  for (const match of rule.pattern.sticky ? atHint(text, rule) : text.matchAll(rule.pattern)) {
    const [start, end] = spanOf(text, match)
    if (start < done || (rule.check && !rule.check(text.slice(start, end)))) continue
    made += text.slice(done, start) + replacementOf(rule)
    done = end
  }
  return done === 0 ? text : made + text.slice(done)
}

/** Finds what begins with the hint. To look for a string is ten times as fast as to look for a pattern. */
function* atHint(text: string, { hint, pattern }: RedactionRule): Generator<RegExpExecArray> {
  const start = String(hint)
  for (let at = text.indexOf(start); at !== -1;) {
    pattern.lastIndex = at
    const match = pattern.exec(text)
    if (match) yield match
    // a match may be empty
    at = text.indexOf(start, at + (match?.[0].length || 1))
  }
}

/** From where to where a match is to be replaced. */
function spanOf(text: string, match: RegExpExecArray): [start: number, end: number] {
  const [found] = match
  const { secret, before = '' } = match.groups ?? {}
  const start = match.index + (secret === undefined ? -before.length : found.lastIndexOf(secret))
  const end = secret === undefined ? match.index + found.length : start + secret.length
  return [afterEscape(text, start), beforeEscape(text, end)]
}

/** An escape sequence of JSON that was begun and not ended. */
const BEGUN = /\\(?:u[\da-fA-F]{0,3})?$/

function afterEscape(text: string, start: number): number {
  const begun = BEGUN.exec(text.slice(Math.max(0, start - 5), start))?.[0]
  if (begun === undefined) return start
  return begun === '\\' && text[start] !== 'u' ? start + 1 : start + 6 - begun.length
}

function beforeEscape(text: string, end: number): number {
  return end - (BEGUN.exec(text.slice(Math.max(0, end - 5), end))?.[0].length ?? 0)
}
