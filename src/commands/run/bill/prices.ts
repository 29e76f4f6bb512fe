import { readPrices } from '../../../prices/file.ts'
import { type Terms, usualTerms } from '../../../prices/terms.ts'
import { textOf } from '../input-file.ts'

/** `--prices FILE`: EdgeLab's prices and assumptions, with a reader's own before them. Throws EdgeLabError `fileUnreadable`, `badInput`. */
export async function termsFrom(file: string | undefined): Promise<Terms> {
  return file === undefined ? usualTerms : readPrices(await textOf(file), file, usualTerms)
}
