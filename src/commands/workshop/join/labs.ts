/** The labs of a workshop, as far as this EdgeLab has them. */
import type { Lab } from '../../../labs/file/lab.ts'
import { labNamed } from '../../../labs/file/library.ts'
import { readProgress } from '../../../labs/progress/progress-store.ts'
import type { Participation } from '../../../workshop/participant/participation.ts'
import { print } from '../../output.ts'

/** In the workshop's order. Throws EdgeLabError where none of them is here. */
export async function labsOf(ids: readonly string[]): Promise<readonly Lab[]> {
  const found = await Promise.allSettled(ids.map((id) => labNamed(id)))
  const labs = found.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []))
  const [missing] = found.filter((each) => each.status === 'rejected')
  if (labs.length === 0) throw missing!.reason
  if (missing) print(`${(missing.reason as Error).message} The host has another version of EdgeLab.`)
  return labs
}

/** Those with a step that is not done, in the same order. */
export async function unfinished(labs: readonly Lab[]): Promise<readonly Lab[]> {
  const progress = await Promise.all(labs.map(({ id }) => readProgress(id)))
  return labs.filter(({ steps }, at) => steps.some(({ id }) => !progress[at]?.progress?.steps[id]?.done))
}

/** What was done while no host was there, or before this workshop was joined. */
export async function tellAll(participation: Participation): Promise<void> {
  for (const lab of participation.labs) {
    const { progress } = await readProgress(lab.id)
    if (progress) await participation.tell(lab, progress)
  }
}
