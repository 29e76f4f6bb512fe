/** Where a learner is in the course: the same words, and the same next lab, in every view. */
import type { LabEntry } from '../services.ts'

/** Every step of it is done. */
export function isFinished({ lab, progress }: LabEntry): boolean {
  return lab.steps.every(({ id }) => progress?.steps[id]?.done)
}

/** `not begun`, `step 3 of 9`, `done`. */
export function labState(entry: LabEntry): string {
  const { lab, progress } = entry
  if (progress === null) return 'not begun'
  if (isFinished(entry)) return 'done'
  // A lab that was rewritten may no longer have the step.
  const at = lab.steps.findIndex(({ id }) => id === progress.at)
  return `step ${Math.max(0, at) + 1} of ${lab.steps.length}`
}

/** The lab to go on with: one that was begun before the first that was not; undefined where all are done. */
export function nextLab(labs: readonly LabEntry[]): LabEntry | undefined {
  const open = labs.filter((entry) => !isFinished(entry))
  return open.find(({ progress }) => progress !== null) ?? open[0]
}

/** Where to go from a finished lab: the next open one behind it, else the first open one; undefined where all are done. */
export function labAfter(labs: readonly LabEntry[], id: string): LabEntry['lab'] | undefined {
  const at = labs.findIndex(({ lab }) => lab.id === id)
  const open = (some: readonly LabEntry[]) => some.find((entry) => entry.lab.id !== id && !isFinished(entry))
  return (open(labs.slice(at + 1)) ?? open(labs))?.lab
}
