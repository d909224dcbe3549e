import type { Usage } from '../../calls/genai.ts'
import type { Sequence } from './wire.ts'

interface Meter {
  readonly input: number
  readonly output: number
}

/** What the meters of sequences said when a call of theirs ended. */
const told = new WeakMap<Sequence, Meter>()

/**
 * What a sequence takes in and gives in the course of one call. Calls of a sequence wait for each other, and
 * its meter counts for all: what a call used is what came since the one before it had ended.
 */
export class Evaluation {
  readonly #sequence: Sequence | undefined
  readonly #begun: Meter
  /** Where the prompt ends in the sequence. */
  #prompt: number | undefined

  constructor(sequence: Sequence | undefined) {
    this.#sequence = sequence
    this.#begun = meterOf(sequence)
  }

  /** Tokens have come. */
  note(): this {
    this.#prompt = this.#promptAt(this.#used())
    return this
  }

  /** How many tokens were worked through, but for those that came. */
  end(): number {
    const used = this.#used()
    if (this.#sequence) told.set(this.#sequence, meterOf(this.#sequence))
    return evaluated(used)
  }

  /** How many tokens the model was given and gave; those that were in the sequence already are cached. */
  endWriting(): Usage {
    const used = this.#used()
    const fresh = this.end()
    const input = Math.max(fresh, this.#prompt ?? this.#promptAt(used))
    return { input, output: used.output, cacheRead: input - fresh || undefined }
  }

  /** Each token that was given is in the sequence, but the last. */
  #promptAt({ output }: Meter): number {
    return (this.#sequence?.nextTokenIndex ?? 0) - Math.max(output - 1, 0)
  }

  #used(): Meter {
    const now = meterOf(this.#sequence)
    const before = this.#sequence && told.get(this.#sequence)
    const since = before && before.output >= this.#begun.output && before.input >= this.#begun.input
    const { input, output } = since ? before : this.#begun
    return { input: now.input - input, output: now.output - output }
  }
}

/** The last of them counts with the token that comes after it. */
const evaluated = ({ input, output }: Meter): number => input + Math.min(output, 1)

function meterOf(sequence: Sequence | undefined): Meter {
  const { usedInputTokens: input = 0, usedOutputTokens: output = 0 } = sequence?.tokenMeter ?? {}
  return { input, output }
}
