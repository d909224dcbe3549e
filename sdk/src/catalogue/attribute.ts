import type { Standing } from './standing.ts'

/** What an attribute's values are. `json` is JSON text on spans and structured data on events. */
export type AttributeType =
  | 'string'
  | 'int'
  | 'double'
  | 'boolean'
  | 'string[]'
  | 'json'
  /** Text, a number, a boolean, or a list of one of these. */
  | 'any'

/** One attribute, under its name. `<key>` in a name stands for what the application says. */
export interface AttributeEntry extends Partial<Standing> {
  readonly type: AttributeType
  readonly meaning: string
  readonly unit?: string
  /** The only values, where there are few. */
  readonly values?: readonly string[]
  /** Some of the values, where others are possible. */
  readonly examples?: readonly string[]
  /** What the name is called today. */
  readonly replacedBy?: string
}

/** What is known of an attribute. */
export type Attribute = AttributeEntry & Standing
