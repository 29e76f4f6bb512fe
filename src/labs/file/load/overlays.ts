/** The folders of a task that are laid over files/: its solution, other right ones, wrong ones, and learners' attempts. */
import type { KeyPath } from '../../../mistakes/inspect.ts'
import type { TaskStep } from '../lab.ts'
import { filesBelow, isWhole, type LabParts, placed, reference, type Say } from './parts.ts'

export function checkOverlays(parts: LabParts, path: KeyPath, step: TaskStep, say: Say): void {
  const folders: readonly [KeyPath, string][] = [
    [['solution'], step.solution],
    ...placed(step.states).map(([n, state]): [KeyPath, string] => [['states', n], state]),
    ...placed(step.wrong).map(([n, { files }]): [KeyPath, string] => [['wrong', n, 'files'], files]),
    ...placed(step.also).map(([n, folder]): [KeyPath, string] => [['also', n], folder]),
  ]
  for (const [at, folder] of folders) checkOverlay(parts, [...path, ...at], folder, step, say)
  // A check with a mistake has no id here, so an unknown name may be that check.
  if (!isWhole(step.checks)) return
  const checks = step.checks.map(({ id }) => id)
  for (const [n, { caught }] of placed(step.wrong)) {
    for (const [c, id] of caught.entries()) {
      reference([...path, 'wrong', n, 'caught', c], id, 'check of this task', checks, say)
    }
  }
}

function checkOverlay(parts: LabParts, at: KeyPath, folder: string, { edit }: TaskStep, say: Say): void {
  if (folder === '') return
  const files = [...filesBelow(parts, folder).keys()]
  if (files.length === 0) return say(at, `there is no folder ${folder} with files in it`)
  // Names that exist nowhere are mistakes of their own.
  const known = filesBelow(parts, 'files')
  if (!isWhole(edit) || !edit.every((file) => known.has(file))) return
  // A file that no learner of this task can change would prove nothing about what they can.
  const beyond = files.filter((file) => !edit.includes(file))
  if (beyond.length > 0) say(at, `${folder} holds ${beyond.join(', ')}, which this task does not let a learner edit`)
}
