import type { Attribute, AttributeEntry } from './attribute.ts'
import { anthropic } from './anthropic.ts'
import { former } from './former.ts'
import { genAiCalls } from './gen-ai-calls.ts'
import { genAiOperations } from './gen-ai-operations.ts'
import { general } from './general.ts'
import { llmscope } from './llmscope.ts'
import { mcp } from './mcp.ts'
import { FORMER, GEN_AI, GENERAL, OURS, type Stability, standing } from './standing.ts'
import { training } from './training.ts'

/** The attributes, each with its own type. */
export type Entries = typeof genAiCalls &
  typeof genAiOperations &
  typeof mcp &
  typeof anthropic &
  typeof general &
  typeof former &
  typeof llmscope &
  typeof training

/** The name of an attribute as the catalogue has it: `<key>` stands for what the application says. */
export type AttributeName = keyof Entries

/** Every attribute that the SDK emits. */
export const attributes: Readonly<Record<AttributeName, Attribute>> = {
  ...group(GEN_AI, genAiCalls),
  ...group(GEN_AI, genAiOperations),
  ...group(GEN_AI, mcp),
  ...group('@anthropic-ai/sdk', anthropic),
  ...group(GENERAL, general),
  ...group(FORMER, former, 'deprecated'),
  ...group(OURS, llmscope),
  ...group(OURS, training),
}

function group<Name extends string>(
  source: string,
  entries: Readonly<Record<Name, AttributeEntry>>,
  stability?: Stability,
): Record<Name, Attribute> {
  const known = standing(source, Object.values<AttributeEntry>(entries), stability)
  const pairs = Object.keys(entries).map((name, index) => [name, known[index]])
  return Object.fromEntries(pairs) as Record<Name, Attribute>
}
