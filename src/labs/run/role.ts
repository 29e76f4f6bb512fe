/** One role of a stand: compiled, overlaid and started from the learner's files; or why it is not. */
import { join } from 'node:path'
import { EdgeLabError } from '../../errors.ts'
import type { Origins } from '../../experiment/origins.ts'
import { type Adapt, type Prepared, prepare, startSystem } from '../../experiment/systems-under-test.ts'
import type { Running, Runtime } from '../../runtime/topology.ts'
import type { Scenario } from '../../scenario/scenario.ts'
import { systems } from '../../systems/index.ts'
import type { SystemId } from '../../systems/system.ts'
import type { Lab } from '../file/lab.ts'
import type { Cast } from '../session/session.ts'
import { type Mistake, mistakeOfProblems, mistakeOfStart } from './file-mistake.ts'
import { layOver, missingFrom, type Overlay, overlayProblems, readOverlay } from './native-overlay.ts'

export type Standing =
  | { readonly state: 'up'; readonly prepared: Prepared; readonly running: Running | null }
  /** In the learner's files. */
  | { readonly state: 'mistake'; readonly mistake: Mistake }
  /** Not the learner's doing. */
  | { readonly state: 'down'; readonly why: string }

/** Who stands there: the player of a role, or direct. */
export interface Actor {
  readonly role: string
  readonly label: string
  readonly system: SystemId
  /** Below the workspace; undefined where the role has no native files of the learner's. */
  readonly native: string | undefined
  /** The lab's own folder of these files; absolute. */
  readonly original: string
}

export function actorOf(lab: Pick<Lab, 'roles' | 'folder'>, cast: Cast, role: string): Actor {
  const player = cast.players.find((each) => each.role === role)
  if (!player) return { role, label: 'direct', system: 'direct', native: undefined, original: '' }
  const native = lab.roles.find(({ name }) => name === role)?.native[player.system]
  const original = join(lab.folder, 'files', native ?? '')
  return { role, label: player.label, system: player.system, native, original }
}

/** What a learner's files say of one role. Read first, so that a start happens only where something changed. */
export type Plan = { readonly overlay: Overlay | null } | { readonly mistake: Mistake }

export async function planOf(actor: Actor, workspace: string, scenario: Scenario): Promise<Plan> {
  if (actor.native === undefined) return { overlay: null }
  try {
    const overlay = await readOverlay(workspace, actor.native)
    const problems = [...(await missingFrom(overlay, actor.original)), ...overlayProblems(overlay, scenario)]
    return problems.length > 0 ? { mistake: mistakeOfProblems(problems) } : { overlay }
  } catch (error) {
    if (!(error instanceof EdgeLabError)) throw error
    return { mistake: mistakeOfProblems(error.problems) }
  }
}

export function adaptOf(overlay: Overlay | null, scenario: Scenario): Adapt {
  return overlay ? layOver(overlay, scenario) : (native) => native
}

/**
 * Starts a role at a place of its own: `generation` keeps what an earlier start left (its cache, its files) apart.
 * Throws EdgeLabError `engineLost` and what the signal was aborted with.
 */
export async function startRole(
  { runtime, origins, scenario }: { runtime: Runtime; origins: Origins; scenario: Scenario },
  actor: Actor,
  plan: Plan,
  generation: number,
  signal: AbortSignal,
): Promise<Standing> {
  if ('mistake' in plan) return { state: 'mistake', mistake: plan.mistake }
  const label = generation === 1 ? actor.label : `${actor.label}-${generation}`
  const subject = { label, system: systems[actor.system], adapt: adaptOf(plan.overlay, scenario) }
  const prepared = await prepare(runtime, origins, scenario, subject)
  try {
    return { state: 'up', prepared, running: await startSystem(runtime, prepared) }
  } catch (error) {
    signal.throwIfAborted()
    if (!(error instanceof EdgeLabError) || error.name === 'engineLost') throw error
    if (error.name === 'startFailed' && plan.overlay) {
      return { state: 'mistake', mistake: mistakeOfStart(error.message, error.logTail, plan.overlay) }
    }
    const last = error.logTail.trim().split('\n').at(-1)
    return { state: 'down', why: [error.message, last].filter(Boolean).join(' ') }
  }
}
