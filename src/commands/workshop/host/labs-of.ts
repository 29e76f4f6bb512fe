/** The labs of a workshop, whose steps have names and numbers. */
import { EdgeLabError } from '../../../errors.ts'
import type { Lab } from '../../../labs/file/lab.ts'
import { labNamed } from '../../../labs/file/library.ts'
import type { Workshop } from '../../../workshop/room/room.ts'

/** In the order in which they are gone through. Throws EdgeLabError `unknownLab` and `badInput`. */
export function labsNamed(names: readonly string[]): Promise<readonly Lab[]> {
  return Promise.all([...new Set(names)].map((name) => labNamed(name)))
}

/** Those of a workshop, perhaps of another EdgeLab: what this one has not is left out. */
export async function labsOf({ labs }: Pick<Workshop, 'labs'>): Promise<readonly Lab[]> {
  const found = await Promise.allSettled(labs.map((name) => labNamed(name)))
  for (const each of found) {
    if (each.status === 'rejected' && !(each.reason instanceof EdgeLabError)) throw each.reason
  }
  return found.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []))
}
