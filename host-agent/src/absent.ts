/** The source is not on this host, which is no fault; the message says what was looked for. */
export class Absent extends Error {
  override readonly name = 'Absent'
}

/** `error` itself, or `Absent` where it says that a file or a program does not exist. */
export function absentIfMissing(error: unknown, message: string): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  return code === 'ENOENT' || code === 'ENOTDIR' ? new Absent(message, { cause: error }) : error
}
