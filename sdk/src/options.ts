import type { UploadContent } from './content/upload.ts'
import { warn } from './log.ts'
import { checkRules, type RedactionRules } from './redaction/custom.ts'
import type { Redact } from './redaction/redactor.ts'

/** Where prompts, answers, tool arguments and results go. */
export type CaptureContent = 'no_content' | 'span_only' | 'event_only' | 'span_and_event'

/** Which names are emitted: those of today, those of semantic conventions 1.41, or both. */
export type Semconv = 'latest' | 'v1_41' | 'both'

/** What an application can choose; every option that is no function or list has an environment variable. */
export interface Options {
  /** `OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT`; default `no_content`. */
  readonly captureContent?: CaptureContent
  /** `LLMSCOPE_SEMCONV`; default `latest`. */
  readonly semconv?: Semconv
  /** `LLMSCOPE_TIME_PER_OUTPUT_CHUNK`: record the gap before every streamed chunk; default true. */
  readonly timePerOutputChunk?: boolean
  /** `LLMSCOPE_CONTENT_LIMIT`: most bytes of content in one attribute, 256 at least; default 65536. */
  readonly contentLimit?: number
  /** `LLMSCOPE_SPAN_CONTENT_LIMIT`: most bytes of content in one span, 1024 at least; default 262144. */
  readonly spanContentLimit?: number
  /** `LLMSCOPE_REDACTION`: `on` or `off`: replace e-mail addresses, keys and the like in captured content; default true. */
  readonly redaction?: boolean
  /** Rules beside the built-in ones, or a function from the built-in ones to all. */
  readonly redactionRules?: RedactionRules
  /**
   * Has the last word on every text of captured content, after the rules. Where it throws or returns no
   * string, the content is withheld.
   */
  readonly redact?: Redact | undefined
  /** Keeps media and texts that are too long somewhere else, and tells the URI that stands for them. */
  readonly uploadContent?: UploadContent | undefined
  /** `LLMSCOPE_METRIC_TAGS`, a list with commas: keys of those tags of `withContext` that metrics carry too; default none. */
  readonly metricTags?: readonly string[]
  /** `LLMSCOPE_SLOW`: seconds after which a call or tool is slow, and its trace is to be kept; default 30. */
  readonly slowAfter?: number
  /** `LLMSCOPE_EXPENSIVE`: USD above which a call is expensive, and its trace is to be kept; default 0.1. */
  readonly expensiveAbove?: number
  /** `LLMSCOPE_READ_BAGGAGE`: take facts that a calling service of yours put into W3C baggage; default true. */
  readonly readBaggage?: boolean
  /** `LLMSCOPE_PROPAGATE_TO_PROVIDERS`: let trace context and baggage go into requests to providers; default false. */
  readonly propagateToProviders?: boolean
  /** `LLMSCOPE_STREAM_TIMEOUT`: milliseconds without a sign of life after which an open call is given up; default 600000. */
  readonly streamTimeout?: number
  /** `LLMSCOPE_EXIT_TIMEOUT`: most milliseconds by which the last telemetry may delay an exit; default 5000. */
  readonly exitTimeout?: number
  /** `LLMSCOPE_COST`: say what calls cost; default true. */
  readonly cost?: boolean
  /** `LLMSCOPE_PRICES`: path of a JSON file of prices that go before those of the SDK; default none. */
  readonly prices?: string
  /**
   * `LLMSCOPE_REPORT`: say at the start what is traced, and where it goes: true for stderr, or the path
   * of a `.json` file; default false.
   */
  readonly report?: boolean | string
}

type Settings = Required<Options>

/** What an option may be. */
interface Setting {
  readonly expected: string
  readonly valid: (value: unknown) => boolean
}

/** An option that has an environment variable. */
interface Variable<Value> extends Setting {
  readonly name: string
  readonly fallback: Value
  /** `undefined` where the text makes no sense. */
  readonly parse: (text: string) => Value | undefined
}

const oneOf = <Value extends string>(
  name: string,
  values: readonly Value[],
  fallback: Value,
  aliases: Readonly<Record<string, Value>> = {},
): Variable<Value> => ({
  name,
  fallback,
  expected: values.join(', '),
  parse: (text) =>
    aliases[text.toLowerCase()] ?? values.find((value) => value === text.toLowerCase()),
  valid: (value) => values.some((known) => known === value),
})

const atLeast = (least: number, name: string, fallback: number): Variable<number> => ({
  name,
  fallback,
  expected: `a number of at least ${least}`,
  parse: (text) => (Number(text) >= least ? Number(text) : undefined),
  valid: (value) => typeof value === 'number' && value >= least,
})

const flag = (name: string, fallback: boolean): Variable<boolean> => ({
  name,
  fallback,
  expected: 'true, false',
  parse: (text) => ({ true: true, on: true, false: false, off: false })[text.toLowerCase()],
  valid: (value) => typeof value === 'boolean',
})

const list = (name: string): Variable<readonly string[]> => ({
  name,
  fallback: [],
  expected: 'a list of texts',
  parse: (text) =>
    text
      .split(',')
      .map((item) => item.trim())
      .filter(Boolean),
  valid: (value) => Array.isArray(value) && value.every((item) => typeof item === 'string'),
})

/** Options that only code can give. */
const CODE: { readonly [Key in 'redactionRules' | 'redact' | 'uploadContent']: Setting } = {
  redactionRules: {
    expected: 'a list of rules',
    valid: (value) => {
      // its own error names the rule
      checkRules(value)
      return true
    },
  },
  redact: { expected: 'a function', valid: (value) => typeof value === 'function' },
  uploadContent: { expected: 'a function', valid: (value) => typeof value === 'function' },
}

/** Every option that has a variable. */
export const VARIABLES: {
  readonly [Key in Exclude<keyof Settings, keyof typeof CODE>]: Variable<Settings[Key]>
} = {
  captureContent: oneOf<CaptureContent>(
    'OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT',
    ['no_content', 'span_only', 'event_only', 'span_and_event'],
    'no_content',
    { true: 'span_only', false: 'no_content', none: 'no_content' },
  ),
  semconv: oneOf<Semconv>('LLMSCOPE_SEMCONV', ['latest', 'v1_41', 'both'], 'latest'),
  timePerOutputChunk: flag('LLMSCOPE_TIME_PER_OUTPUT_CHUNK', true),
  contentLimit: atLeast(256, 'LLMSCOPE_CONTENT_LIMIT', 65_536),
  spanContentLimit: atLeast(1024, 'LLMSCOPE_SPAN_CONTENT_LIMIT', 262_144),
  redaction: flag('LLMSCOPE_REDACTION', true),
  metricTags: list('LLMSCOPE_METRIC_TAGS'),
  // what a person who waits for an answer bears; the Collector's own policy has the same
  slowAfter: atLeast(0, 'LLMSCOPE_SLOW', 30),
  // about a hundred times an ordinary call of a small model
  expensiveAbove: atLeast(0, 'LLMSCOPE_EXPENSIVE', 0.1),
  readBaggage: flag('LLMSCOPE_READ_BAGGAGE', true),
  propagateToProviders: flag('LLMSCOPE_PROPAGATE_TO_PROVIDERS', false),
  streamTimeout: atLeast(1, 'LLMSCOPE_STREAM_TIMEOUT', 600_000),
  exitTimeout: atLeast(0, 'LLMSCOPE_EXIT_TIMEOUT', 5000),
  cost: flag('LLMSCOPE_COST', true),
  prices: {
    name: 'LLMSCOPE_PRICES',
    fallback: '',
    expected: 'the path of a file',
    parse: (text) => text,
    valid: (value) => typeof value === 'string',
  },
  report: {
    name: 'LLMSCOPE_REPORT',
    fallback: false,
    expected: 'true, false, or the path of a .json file',
    parse: (text) =>
      text.endsWith('.json')
        ? text
        : ({ 1: true, true: true, 0: false, false: false } as const)[text.toLowerCase()],
    valid: (value) =>
      typeof value === 'boolean' || (typeof value === 'string' && value.endsWith('.json')),
  },
}

let current: Settings | undefined

/** What is in force: what `configure` was given, else the environment, else the default. */
export function settings(): Settings {
  current ??= read({})
  return current
}

/** Sets options. Throws a `TypeError` that names a wrong one and what it may be. */
export function configure(options: Options): void {
  const known: Readonly<Record<string, Setting>> = { ...VARIABLES, ...CODE }
  for (const [key, value] of Object.entries(options)) {
    const setting = known[key]
    if (!setting) {
      throw new TypeError(
        `llmscope: unknown option ${key}; known are ${Object.keys(known).join(', ')}`,
      )
    }
    if (value !== undefined && !setting.valid(value)) {
      throw new TypeError(
        `llmscope: option ${key} is ${String(value)}; it takes ${setting.expected}`,
      )
    }
  }
  current = read(options)
}

function read(options: Options): Settings {
  const values = Object.entries<Variable<unknown>>(VARIABLES).map(([key, variable]) => {
    return [key, options[key as keyof typeof VARIABLES] ?? fromEnvironment(variable)] as const
  })
  return {
    ...(Object.fromEntries(values) as Pick<Settings, keyof typeof VARIABLES>),
    redactionRules: options.redactionRules ?? [],
    redact: options.redact,
    uploadContent: options.uploadContent,
  }
}

// A wrong variable must not keep an application from starting: it is named once and left aside.
function fromEnvironment<Value>({ name, fallback, expected, parse }: Variable<Value>): Value {
  const text = globalThis.process?.env[name]?.trim()
  if (!text) return fallback
  const value = parse(text)
  if (value === undefined) {
    warn(`${name} is ${text}; it takes ${expected}. Using ${String(fallback)}.`)
  }
  return value ?? fallback
}
