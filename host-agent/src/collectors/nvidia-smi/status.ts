import { HARDWARE_SLOWDOWN, type State } from '../../gpu/samples.ts'
import { bits } from './cell.ts'
import type { Row } from './query.ts'

/** Judges a GPU by its row: the worst that any cell says. */
export function judge(row: Row): State {
  const action = row('gpu_recovery_action')
  if (isUnreadable(row('memory.total')) || /Reboot|Drain/.test(action)) return 'failed'
  const due = ['remapped_rows.pending', 'remapped_rows.failure', 'retired_pages.pending']
  if (due.some((field) => row(field) === 'Yes')) return 'predicted_failure'
  const slowedDown = (bits(row('clocks_event_reasons.active')) ?? 0) & HARDWARE_SLOWDOWN
  return slowedDown !== 0 || action === 'Reset' ? 'degraded' : 'ok'
}

// Every GPU with memory of its own can tell its size; these words mean that it no longer answers.
function isUnreadable(cell: string): boolean {
  return /Unknown Error|GPU is lost|GPU requires reset|ERR!/i.test(cell)
}
