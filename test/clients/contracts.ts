import { anthropic } from './anthropic/contract.ts'
import { bedrock } from './bedrock/contract.ts'
import type { Contract } from './contract.ts'
import { gemini } from './gemini/contract.ts'
import { groq } from './groq/contract.ts'
import { huggingface } from './huggingface/contract.ts'
import { mistral } from './mistral/contract.ts'
import { ollama } from './ollama/contract.ts'
import { openai } from './openai/contract.ts'
import { together } from './together/contract.ts'

/** Every client that the contract is tested with. */
export const contracts: readonly Contract[] = [
  openai,
  anthropic,
  gemini,
  groq,
  together,
  ollama,
  huggingface,
  bedrock,
  mistral,
]

/** A client as it is played: which version, and as which of the known ones it is expected to behave. */
export interface Played {
  readonly title: string
  /** A folder of this one, or the path of another, with the manifest and the lockfile. */
  readonly folder: string
  readonly install: string
  readonly contract: Contract
}

/** Every install of every client; in their place, by client, what the variable `COMPAT` names. */
export function played(): Played[] {
  const { COMPAT } = process.env
  if (COMPAT === undefined) {
    return contracts.flatMap((contract) =>
      contract.installs.map((install) => ({ title: install, folder: install, install, contract })),
    )
  }
  const folders = JSON.parse(COMPAT) as Readonly<Record<string, string>>
  return contracts.flatMap((contract) => {
    const { client, installs } = contract
    const folder = folders[client]
    return folder ? [{ title: client, folder, install: installs.at(-1) ?? '', contract }] : []
  })
}
