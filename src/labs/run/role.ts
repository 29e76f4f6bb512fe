/** One role of a task: compiled, overlaid and started from the learner's files; or why that is not possible. */
import { join } from 'node:path'
import { EdgeLabError } from '../../errors.ts'
import type { Origins } from '../../experiment/origins.ts'
import { type Prepared, prepare, startSystem } from '../../experiment/systems-under-test.ts'
import type { Running, Runtime } from '../../runtime/topology.ts'
import type { Scenario } from '../../scenario/scenario.ts'
import { systems } from '../../systems/index.ts'
import { type Adapt, withOwnFiles } from '../../systems/own-configuration/own-files.ts'
import { type Mistake, mistakeOfProblems, mistakeOfStart } from '../checks/file-mistake.ts'
import type { RoleProblem } from '../checks/tools.ts'
import type { Lab } from '../file/lab.ts'
import type { Cast, RoleAssignment } from './cast.ts'
import { missingFrom, type Overlay, overlayProblems, readOverlay } from './native-overlay.ts'

/** `running` is null where nothing is started. */
export type RoleState =
  | { readonly state: 'up'; readonly prepared: Prepared; readonly running: Running | null }
  | RoleProblem

/** A role's assignment (or `direct`) with the native files that the learner may edit for it. */
export interface AssignedRole extends Pick<RoleAssignment, 'role' | 'label' | 'system'> {
  /** Below the workspace; undefined where the role has no native files of the learner's. */
  readonly native: string | undefined
  /** The lab's own folder of these files; absolute. */
  readonly original: string
}

export function assignedRole(lab: Pick<Lab, 'roles' | 'folder'>, cast: Cast, role: string): AssignedRole {
  const assignment = cast.assignments.find((each) => each.role === role)
  if (!assignment) return { role, label: 'direct', system: 'direct', native: undefined, original: '' }
  const native = lab.roles.find(({ name }) => name === role)?.native[assignment.system]
  const original = join(lab.folder, 'files', native ?? '')
  return { role, label: assignment.label, system: assignment.system, native, original }
}

/** A learner's native files for one role. They are read before a start, so that only what changed is started again. */
export type RoleFiles = { readonly overlay: Overlay | null } | { readonly mistake: Mistake }

export async function readRoleFiles(role: AssignedRole, workspace: string, scenario: Scenario): Promise<RoleFiles> {
  if (role.native === undefined) return { overlay: null }
  try {
    const overlay = await readOverlay(workspace, role.native)
    const problems = [...(await missingFrom(overlay, role.original)), ...overlayProblems(overlay, scenario)]
    return problems.length > 0 ? { mistake: mistakeOfProblems(problems) } : { overlay }
  } catch (error) {
    if (!(error instanceof EdgeLabError)) throw error
    return { mistake: mistakeOfProblems(error.problems) }
  }
}

/** null: the role runs with what the policy compiles to. */
export function adaptOf(overlay: Overlay | null): Adapt | null {
  return overlay && withOwnFiles(overlay.files)
}

/**
 * Starts a role; in its place where it is up, else in folders of its own: `generation`, from 1, tells them from those of
 * earlier starts. Either way nothing is there that an earlier start left (caches, files). Throws EdgeLabError `engineLost` and
 * what the signal was aborted with.
 */
export async function startRole(
  { runtime, origins, scenario }: { runtime: Runtime; origins: Origins; scenario: Scenario },
  role: AssignedRole,
  files: RoleFiles,
  { before, generation }: { readonly before: RoleState; readonly generation: number },
  signal: AbortSignal,
): Promise<RoleState> {
  const up = before.state === 'up' ? before : null
  if ('mistake' in files) {
    await up?.running?.stop()
    return { state: 'mistake', mistake: files.mistake }
  }
  const label = generation === 1 ? role.label : `${role.label}-${generation}`
  const system = { label, system: systems[role.system], adapt: adaptOf(files.overlay) }
  const prepared = await prepare(runtime, origins, scenario, system, up?.prepared.place ?? undefined)
  try {
    const again = up?.running?.restart(prepared.native.files)
    return { state: 'up', prepared, running: await (again ?? startSystem(runtime, prepared, true)) }
  } catch (error) {
    signal.throwIfAborted()
    if (!(error instanceof EdgeLabError) || error.name === 'engineLost') throw error
    if (error.name === 'startFailed' && files.overlay) {
      return { state: 'mistake', mistake: mistakeOfStart(error.message, error.logTail, files.overlay) }
    }
    const last = error.logTail.trim().split('\n').at(-1)
    return { state: 'down', why: [error.message, last].filter(Boolean).join(' ') }
  }
}
