import type { Score } from '../../api.ts'
import { score } from '../format.ts'

/** How answers were scored. */
export function Scores({ scores }: { readonly scores: readonly Score[] }) {
  return scores.map(({ name, value, label, explanation }, index) => (
    <p key={index} class="text">
      <strong>{name}</strong> {value !== undefined && score(value)} {label}{' '}
      <span class="hint">{explanation}</span>
    </p>
  ))
}
