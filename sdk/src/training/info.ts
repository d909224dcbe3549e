import type { Emitted } from '../catalogue/emitted.ts'

const MOST_SETTINGS = 32
const LONGEST_TEXT = 64

const SUBJECTS = ['training.run.parent.id', 'training.model.name', 'training.dataset.name'] as const

/** What of a run's facts its metric of itself carries: few of them, and nothing long. */
export function runInfo(facts: Emitted): Emitted {
  const info: Emitted = {}
  for (const subject of SUBJECTS) if (facts[subject] !== undefined) info[subject] = facts[subject]
  const settings = Object.keys(facts).filter(isSetting).slice(0, MOST_SETTINGS)
  for (const name of settings) {
    const value = facts[name]
    info[name] = typeof value === 'number' ? value : String(value).slice(0, LONGEST_TEXT)
  }
  return info
}

function isSetting(name: string): name is `training.hyperparameter.${string}` {
  return name.startsWith('training.hyperparameter.')
}
