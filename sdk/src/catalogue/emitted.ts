import type { AttributeValue } from '@opentelemetry/api'
import type { AttributeEntry } from './attribute.ts'
import type { Entries } from './attributes.ts'

/** A name as it is emitted: any text stands where the catalogue has `<key>`. */
type Filled<Name> = Name extends `${infer Start}<${string}>${infer End}`
  ? `${Start}${string}${End}`
  : Name

type ValueOf<Entry extends AttributeEntry> = Entry extends {
  readonly values: readonly (infer Value)[]
}
  ? Value
  : {
      string: string
      int: number
      double: number
      boolean: boolean
      'string[]': readonly string[]
      json: AttributeValue
      any: AttributeValue
    }[Entry['type']]

/** Attributes as they are emitted: by the names of the catalogue alone, with values of their types. */
export type Emitted = {
  -readonly [Name in keyof Entries as Filled<Name>]?: ValueOf<Entries[Name]> | undefined
}

export type EmittedName = keyof Emitted
