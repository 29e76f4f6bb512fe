/** The words of the field and of EdgeLab, each in a few sentences. Data: every view shows the same. */
import { edgelabTerms } from './glossary-edgelab.ts'
import { fieldTerms } from './glossary-field.ts'

export interface Term {
  readonly name: string
  /** Other words for it, found by searching too. */
  readonly also: readonly string[]
  /** Two to four sentences. */
  readonly text: string
  /** Names of terms that stand near it. */
  readonly see: readonly string[]
}

/** In alphabetical order. */
export const glossary: readonly Term[] = [...fieldTerms, ...edgelabTerms].toSorted((a, b) =>
  a.name.localeCompare(b.name, 'en'),
)
