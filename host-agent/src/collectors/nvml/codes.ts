/** What the functions of NVML return, where the agent tells one from another. */
export const code = {
  success: 0,
  uninitialized: 1,
  invalidArgument: 2,
  notSupported: 3,
  noPermission: 4,
  notFound: 6,
  insufficientSize: 7,
  driverNotLoaded: 9,
  functionNotFound: 13,
  corruptedInforom: 14,
  gpuIsLost: 15,
  resetRequired: 16,
  versionMismatch: 18,
  argumentVersionMismatch: 25,
  deprecated: 26,
  gpuNotFound: 28,
} as const

const WORDS: Readonly<Record<number, string>> = {
  1: 'NVML is not initialized',
  2: 'a wrong argument',
  3: 'not supported',
  4: 'no permission',
  6: 'not found',
  7: 'too small a buffer',
  8: 'insufficient external power',
  9: 'the driver is not loaded',
  10: 'time-out',
  12: 'a library that NVML needs was not found',
  13: 'the function was not found',
  14: 'the inforom is corrupted',
  15: 'the GPU is lost',
  16: 'the GPU needs a reset',
  17: 'the operating system refuses it',
  18: 'the driver and the library are of different versions',
  19: 'in use',
  20: 'not enough memory',
  28: 'no GPU was found',
  999: 'an unknown error',
}

/** The code in words. */
export function describe(returned: number): string {
  return `${WORDS[returned] ?? 'an error'} (${returned})`
}

/** NVML can no longer be used by this process: it ends, and another one begins anew. */
export class DriverGone extends Error {
  override readonly name = 'DriverGone'
}

/** The GPU no longer answers; the others do. */
export class GpuLost extends Error {
  override readonly name = 'GpuLost'
}
