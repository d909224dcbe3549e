import type { State } from './samples.ts'

/** What NVIDIA advises to do about an error of the driver. */
export const XID_SEVERITIES = [
  'restart_machine',
  'reset_gpu',
  'investigate',
  'restart_application',
  'ignore',
] as const
/** One of them. */
export type XidSeverity = (typeof XID_SEVERITIES)[number]

const CODES: Readonly<Record<XidSeverity, readonly number[]>> = {
  restart_machine: [79],
  reset_gpu: [46, 62, 64, 95, 109, 110, 119, 120, 136, 140, 143, 155, 156, 158],
  investigate: [45, 48, 74, 144, 145, 146, 147, 148, 149, 150, 154],
  restart_application: [13, 31, 32, 69, 94],
  ignore: [43, 63, 92, 121],
}

const TEXTS: Readonly<Record<number, string>> = {
  13: 'graphics engine exception',
  31: 'GPU memory page fault',
  32: 'invalid or corrupted push buffer stream',
  43: 'GPU stopped processing',
  45: 'preemptive clean-up, due to an earlier error',
  46: 'GPU stopped processing and could not be recovered',
  48: 'double-bit ECC error',
  62: 'internal micro-controller halt',
  63: 'row remapped or page retired',
  64: 'row remapping or page retirement failed',
  69: 'graphics engine class error',
  74: 'NVLink error',
  79: 'GPU has fallen off the bus',
  92: 'high rate of single-bit ECC errors',
  94: 'contained memory error',
  95: 'uncontained memory error',
  109: 'context switch time-out',
  110: 'security fault',
  119: 'GSP did not answer in time',
  120: 'error of the GSP',
  121: 'corrected error of the C2C link',
  136: 'link training failed',
  140: 'unrecovered ECC error',
  143: 'GPU initialization failed',
  145: 'NVLink: error of its RLW unit',
  149: 'NVLink: error of its NETIR unit',
  154: 'the action by which the GPU recovers has changed',
  155: 'NVLink: software-defined error',
  156: 'resource retirement event',
  158: 'fatal time-out of the GPU',
}

/** What NVIDIA advises; one that its catalogue does not know wants to be looked at. */
export function xidSeverity(code: number): XidSeverity {
  return XID_SEVERITIES.find((severity) => CODES[severity].includes(code)) ?? 'investigate'
}

/** The error in words. */
export function xidText(code: number): string {
  return TEXTS[code] ?? 'an error of the driver'
}

const STATE_AFTER: Readonly<Record<number, State>> = {
  79: 'failed',
  64: 'predicted_failure',
  95: 'predicted_failure',
  140: 'predicted_failure',
}

/** The state that the error leaves the GPU in until the driver is loaded anew; most leave it as it is. */
export function stateAfterXid(code: number): State | undefined {
  return STATE_AFTER[code]
}
