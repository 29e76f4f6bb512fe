/** How far the labs of a workshop are done, and what the host is told of that. */
import type { Lab } from '../../../labs/file/lab.ts'
import { readProgress } from '../../../labs/progress/progress-store.ts'
import type { Participation } from '../../../workshop/participant/participation.ts'

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
