import type { Emitted } from '../../catalogue/emitted.ts'

/** That a run may as well be stopped, and why: attributes of an event. Nobody acts on it here. */
export type Advice = Emitted

interface Best {
  loss: number
  step: number | undefined
  /** Evaluations since, of which none was better. */
  since: number
}

/** Advises to stop a run whose loss has not become better for some evaluations. */
export class EarlyStopping {
  readonly #patience: number
  readonly #advise: (advice: Advice) => void
  readonly #best = new Map<string, Best>()

  constructor({ patience }: { readonly patience: number }, advise: (advice: Advice) => void) {
    this.#patience = patience
    this.#advise = advise
  }

  /** Takes in the loss of an evaluation. */
  observe(evaluation: string, loss: number, step: number | undefined): void {
    const best = this.#best.get(evaluation)
    if (!best || loss < best.loss) {
      this.#best.set(evaluation, { loss, step, since: 0 })
      return
    }
    best.since += 1
    // once: only a better loss begins the count anew
    if (best.since !== this.#patience) return
    this.#advise({
      'training.advice.type': 'early_stopping',
      'training.evaluation.name': evaluation,
      'training.advice.loss': loss,
      'training.advice.best': best.loss,
      ...(best.step !== undefined && { 'training.advice.best_step': best.step }),
      'training.advice.evaluations': best.since,
    })
  }
}
