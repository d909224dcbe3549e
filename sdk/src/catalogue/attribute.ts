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

/** How sure a name is to stay. `deprecated` ones are emitted where `LLMSCOPE_SEMCONV` asks for them. */
export type Stability = 'stable' | 'development' | 'deprecated'

/** One attribute, under its name. `<key>` in a name stands for what the application says. */
export interface AttributeEntry {
  readonly type: AttributeType
  readonly meaning: string
  readonly unit?: string
  /** The only values, where there are few. */
  readonly values?: readonly string[]
  /** Some of the values, where others are possible. */
  readonly examples?: readonly string[]
  /** What the name is called today. */
  readonly replacedBy?: string
  /** The version of llmscope that emitted it first, and how sure the name is: where not as its whole group. */
  readonly since?: string
  readonly stability?: Stability
}

/** What is known of an attribute. */
export interface Attribute extends AttributeEntry {
  readonly since: string
  readonly stability: Stability
  /** Whose name it is. */
  readonly source: string
}
