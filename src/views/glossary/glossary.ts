/** The words of the field and of EdgeLab, each in a few sentences. Data: every view shows the same. */
import { edgelabTerms } from './glossary-edgelab.ts'
import { fieldTerms } from './glossary-field.ts'
import type { Term } from './term.ts'

/** In alphabetical order. */
export const glossary: readonly Term[] = [...fieldTerms, ...edgelabTerms].toSorted((a, b) =>
  a.name.localeCompare(b.name, 'en'),
)
