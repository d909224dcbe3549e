import {
  type Attribute,
  type AttributeName,
  attributes,
  type AttributeType,
} from '@llmscope/sdk/catalogue'
import type { AnyValue } from './otlp.ts'

/** Where a value is: structured data is text on spans. */
export type Place = 'span' | 'event' | 'metric'

const NAMES = Object.keys(attributes) as AttributeName[]
const TEMPLATES = NAMES.filter((name) => name.includes('<')).map((name) => ({
  name,
  pattern: new RegExp(`^${name.replaceAll('.', '\\.').replaceAll(/<\w+>/g, '.+')}$`),
}))

/** The catalogue's name of an attribute that was emitted. */
export function catalogued(name: string): AttributeName | undefined {
  return (
    NAMES.find((known) => known === name) ??
    TEMPLATES.find(({ pattern }) => pattern.test(name))?.name
  )
}

type Check = (value: AnyValue, place: Place) => boolean

const isScalar = (value: AnyValue): boolean =>
  ['stringValue', 'boolValue', 'intValue', 'doubleValue'].some((key) => key in value)

function isList(value: AnyValue, isItem: (item: AnyValue) => boolean): boolean {
  const list = value['arrayValue'] as { readonly values?: readonly AnyValue[] } | undefined
  return list !== undefined && (list.values ?? []).every(isItem)
}

function isJson(text: unknown): boolean {
  try {
    JSON.parse(String(text))
    return typeof text === 'string'
  } catch {
    return false
  }
}

const TYPES: Readonly<Record<AttributeType, Check>> = {
  string: (value) => 'stringValue' in value,
  boolean: (value) => 'boolValue' in value,
  int: (value) => 'intValue' in value,
  // JavaScript has one kind of number: a whole one is sent as an integer
  double: (value) => 'doubleValue' in value || 'intValue' in value,
  'string[]': (value) => isList(value, (item) => 'stringValue' in item),
  json: (value, place) => place === 'event' || isJson(value['stringValue']),
  any: (value) => isScalar(value) || isList(value, isScalar),
}

/** Whether a value is what the catalogue says. */
export function fits({ type, values }: Attribute, value: AnyValue, place: Place): boolean {
  const isKnown = !values || values.some((known) => known === value['stringValue'])
  return isKnown && TYPES[type](value, place)
}
