/** Places and times of a workshop, as its lines call them. */
import type { Lab } from '../../../labs/file/lab.ts'

interface Place {
  readonly lab: string
  readonly step: string
}

/** `step 3 of 9 of lab 1, “What will arrive?” (guess)` */
export function placeInWords({ lab: id, step }: Place, labs: readonly Lab[]): string {
  const lab = labs.find((each) => each.id === id)
  const index = lab?.steps.findIndex((each) => each.id === step) ?? -1
  const found = lab?.steps[index]
  if (!lab || !found) return `${id}/${step}`
  return `step ${index + 1} of ${lab.steps.length} of lab ${lab.number}, “${found.title}” (${step})`
}

export function minutesSince(iso: string, now: Date): number {
  return (now.getTime() - Date.parse(iso)) / 60_000
}
