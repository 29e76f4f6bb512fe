/** Which systems a learner's own requests go through at a step. Pure. */
import type { Lab } from '../../file/lab.ts'
import type { Progress } from '../../progress/progress.ts'
import type { Wanted } from './step-systems.ts'

/**
 * Those of the step, or of the newest one before it that has some. undefined: there is none yet, or a prediction is still
 * open here, whose answer must not be looked up.
 */
export function systemsAt(lab: Lab, progress: Progress, step: string): Wanted | undefined {
  const at = lab.steps.findIndex(({ id }) => id === step)
  const here = lab.steps[at]
  if (here?.type === 'predict' && progress.steps[here.id]?.committed !== true) return undefined
  const source = lab.steps.slice(0, at + 1).findLast(({ type }) => type === 'run' || type === 'task')
  if (source?.type === 'task') return { scenario: source.scenario, roles: source.roles }
  if (source?.type === 'run') {
    return { scenario: source.scenario, roles: source.through.filter((role) => role !== 'direct') }
  }
  return undefined
}
