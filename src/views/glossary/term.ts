/** One entry of the glossary. */
export interface Term {
  readonly name: string
  /** Other words for it, found by searching too. */
  readonly also: readonly string[]
  /** Two to four sentences. */
  readonly text: string
  /** Names of terms that stand near it. */
  readonly see: readonly string[]
}
