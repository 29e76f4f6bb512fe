/** The labs of a workshop, which another EdgeLab may have begun. */
import { EdgeLabError } from '../../errors.ts'
import type { Lab } from '../../labs/file/lab.ts'
import { labNamed } from '../../labs/file/library.ts'
import { print } from '../output.ts'

/**
 * Those that are here, in the workshop's order; the others are named. Throws EdgeLabError where none is here: nobody could
 * do anything then.
 */
export async function labsOf({ labs: ids }: { readonly labs: readonly string[] }): Promise<readonly Lab[]> {
  const found = await Promise.allSettled(ids.map((id) => labNamed(id)))
  const missing = found.flatMap((each) => (each.status === 'rejected' ? [each.reason as unknown] : []))
  const defect = missing.find((each) => !(each instanceof EdgeLabError))
  if (defect) throw defect
  const labs = found.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []))
  if (labs.length === 0) throw missing[0]
  for (const each of missing)
    print(`${(each as EdgeLabError).message} The workshop was begun with another version of EdgeLab.`)
  return labs
}
