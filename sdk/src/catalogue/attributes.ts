import type { Attribute, AttributeEntry, Stability } from './attribute.ts'
import { anthropic } from './anthropic.ts'
import { former } from './former.ts'
import { genAiCalls } from './gen-ai-calls.ts'
import { genAiOperations } from './gen-ai-operations.ts'
import { general } from './general.ts'
import { llmscope } from './llmscope.ts'
import { training } from './training.ts'

/** The attributes, each with its own type. */
export type Entries = typeof genAiCalls &
  typeof genAiOperations &
  typeof anthropic &
  typeof general &
  typeof former &
  typeof llmscope &
  typeof training

/** The name of an attribute as the catalogue has it: `<key>` stands for what the application says. */
export type AttributeName = keyof Entries

const GEN_AI = 'GenAI semantic conventions 0.1.0'
const FIRST = '0.1.0'

/** Every attribute that the SDK emits. */
export const attributes: Readonly<Record<AttributeName, Attribute>> = {
  ...group(GEN_AI, 'development', genAiCalls),
  ...group(GEN_AI, 'development', genAiOperations),
  ...group('@anthropic-ai/sdk', 'development', anthropic),
  ...group('semantic conventions 1.45', 'development', general),
  ...group('semantic conventions 1.41', 'deprecated', former),
  ...group('llmscope', 'development', llmscope),
  ...group('llmscope', 'development', training),
}

function group<Name extends string>(
  source: string,
  stability: Stability,
  entries: Readonly<Record<Name, AttributeEntry>>,
): Record<Name, Attribute> {
  const all = Object.entries<AttributeEntry>(entries).map(([name, entry]) => [
    name,
    { since: FIRST, stability, source, ...entry },
  ])
  return Object.fromEntries(all) as Record<Name, Attribute>
}
