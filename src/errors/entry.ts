/** What each entry of the table of errors says. */

/** Exit codes of the command line. */
export const exitCodes = { done: 0, failed: 1, badInput: 2, environment: 3, interrupted: 130 } as const
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes]

export interface ErrorEntry {
  readonly title: string
  /** `{name}` is replaced by the detail of that name. Says what happened and why. */
  readonly message: string
  /** What the reader can do about it. */
  readonly hint: string
  readonly exitCode: ExitCode
}
