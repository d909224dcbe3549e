import { bits } from './cell.ts'
import type { Row } from './query.ts'

/** The states that a GPU is told to be in or not to be in. */
export const STATES = ['ok', 'degraded', 'predicted_failure', 'failed'] as const
/** One of them. */
export type State = (typeof STATES)[number]

/** The bits of the clocks-event mask, by reason. */
export const CLOCK_REASONS: Readonly<Record<string, number>> = {
  idle: 0x1,
  app_clocks: 0x2,
  sw_power_cap: 0x4,
  hw_slowdown: 0x8,
  sync_boost: 0x10,
  sw_thermal: 0x20,
  hw_thermal: 0x40,
  hw_power_brake: 0x80,
  display: 0x100,
}
const HARDWARE_SLOWDOWN = 0x8 | 0x40 | 0x80

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
