/** One command of `npx @llmscope/sdk`. */
export interface Command {
  readonly name: string
  /** One line for the list of commands. */
  readonly summary: string
  /** What `--help` prints: the command line, then its options. */
  readonly help: string
  /**
   * Runs with what follows the name on the command line, and gives the exit code: 0 for done, 1 for
   * an answer that is no. A wrong command line is thrown, as a `UsageError` or by `parseArgs`.
   */
  run(args: readonly string[]): number | Promise<number>
}

/** A command line that makes no sense; the message says what would. */
export class UsageError extends Error {}

/** Whether an error is about the command line: ours, or one of `parseArgs`. */
export function isUsageError(error: unknown): error is Error {
  if (error instanceof UsageError) return true
  const { code } = error as { code?: unknown }
  return error instanceof Error && String(code).startsWith('ERR_PARSE_ARGS')
}
