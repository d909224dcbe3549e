/** What a check has found out about one thing. */
export interface Finding {
  readonly result: 'ok' | 'problem' | 'unknown'
  /** What was seen. */
  readonly evidence: string
  /** What to do about it. */
  readonly advice?: string
}

/** What is to be looked at. */
export interface Subject {
  /** The folder from which the application's packages are found. */
  readonly folder: string
  /** The application's entry, and its arguments. */
  readonly application: readonly [entry: string, ...args: string[]] | undefined
  readonly environment: Readonly<Record<string, string | undefined>>
  /** Milliseconds for one answer of an endpoint. */
  readonly timeout: number
  /** Milliseconds for the application to run. */
  readonly deadline: number
  /** Bytes of text in the canary span. */
  readonly canaryBytes: number
}

/** One thing that the doctor looks at. */
export interface Check {
  readonly name: string
  run(subject: Subject): readonly Finding[] | Promise<readonly Finding[]>
}

export const ok = (evidence: string): Finding => ({ result: 'ok', evidence })

export const problem = (evidence: string, advice: string): Finding => ({
  result: 'problem',
  evidence,
  advice,
})

export const unknown = (evidence: string, advice: string): Finding => ({
  result: 'unknown',
  evidence,
  advice,
})
