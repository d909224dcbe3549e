import type { Usage } from '../sdk/scripted-server/script.ts'
import type { ScriptedServer } from '../sdk/scripted-server/server.ts'
import { type Expectation, type Expectations, sharedExpectations } from './expectations.ts'
import type { Observation } from './observation.ts'

/** One client under the contract: where its installs are, and what its dialect makes of the scenarios. */
export interface Contract {
  /** The folder with its programs: `main.mjs`, `main.cjs`, `dialect.cjs` and scenarios. */
  readonly client: string
  /** Folders of other clients whose programs its own are made of. */
  readonly shares: readonly string[]
  /** The folders of its installs, one for each major. */
  readonly installs: readonly string[]
  readonly expectations: Expectations
  /** By install. */
  readonly exceptions: Readonly<Record<string, Expectations>>
  /** By install, the scenarios for which it lacks a method. */
  readonly lacking: Readonly<Record<string, readonly string[]>>
  /** What of the bill the first event of a stream tells already. */
  readonly toldFirst: readonly (keyof Usage)[]
  /** What of the bill each event tells anew, as far as it has come. */
  readonly toldSoFar?: readonly (keyof Usage)[]
  /** True where answers tell neither their id nor the model that gave them. */
  readonly isAnonymous?: true
  /** Headers of requests that differ from run to run. */
  readonly unsteady?: readonly string[]
  /** The end of the path of the call that is none of ours; by default a list of models. */
  readonly untraced?: string
  /** A scripted server that speaks the dialect. */
  startServer(): Promise<ScriptedServer>
  /** The operation that a request is part of. */
  operationOf(path: string): string | undefined
  /** Looks at content where all of it is captured, under both generations of names. */
  checkContent(observation: Observation): void
}

export function expectationOf(contract: Contract, install: string, scenario: string): Expectation {
  const { exceptions, expectations } = contract
  return (
    exceptions[install]?.[scenario] ?? expectations[scenario] ?? sharedExpectations[scenario] ?? {}
  )
}
