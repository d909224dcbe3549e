/** How sure a name is to stay. `deprecated` ones are emitted where `LLMSCOPE_SEMCONV` asks for them. */
export type Stability = 'stable' | 'development' | 'deprecated'

/** What a name is worth. */
export interface Standing {
  /** Whose name it is. */
  readonly source: string
  readonly stability: Stability
  /** The version of llmscope that emitted it first. */
  readonly since: string
}

export const GEN_AI = 'GenAI semantic conventions 0.1.0'
export const GENERAL = 'semantic conventions 1.45'
export const FORMER = 'semantic conventions 1.41'
export const OURS = 'llmscope'

const FIRST = '0.1.0'

/** Gives entries the standing of their group, but for what one says of its own. */
export function standing<Entry extends object>(
  source: string,
  entries: readonly (Entry & Partial<Standing>)[],
  stability: Stability = 'development',
): (Entry & Standing)[] {
  return entries.map((entry) => Object.assign({ source, stability, since: FIRST }, entry))
}
