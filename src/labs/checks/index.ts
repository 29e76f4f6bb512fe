/** One check → one verdict. Whatever happens it is a verdict: what cannot be judged is unknown, with the reason. */
import { EdgeLabError } from '../../errors.ts'
import type { Frame } from '../../traffic/plan.ts'
import type { Check, CheckVerdict } from '../file/check.ts'
import type { TaskCheck } from '../file/lab.ts'
import type { Facts } from '../progress/facts.ts'
import { mistakeOfProblems } from '../run/file-mistake.ts'
import { observeRole } from '../run/observe-role.ts'
import type { TaskEnvironmentOptions } from '../run/task-environment.ts'
import { answerMs, type Scene } from '../run/task-environment-parts.ts'
import { judgeCache } from './cache.ts'
import { judgeAll, judgeAny, judgeNot } from './combined.ts'
import { judgeAnswer, judgeCompare } from './compare.ts'
import { judgeConfig } from './config.ts'
import { judgeHttp } from './http.ts'
import { judgeRate } from './rate.ts'
import { judgeSequence } from './sequence.ts'
import { type CheckTools, cannotTell, type Judged } from './tools.ts'
import { addUp, constantPhases } from './traffic.ts'
import { judgeTransform } from './transform.ts'
import { judgeUpstream } from './upstream.ts'

export async function judgeCheck(
  { id, describe, check }: TaskCheck,
  scene: Scene,
  facts: Facts,
  options: Pick<TaskEnvironmentOptions, 'seed' | 'signal' | 'steady'>,
): Promise<CheckVerdict> {
  const verdict = hindranceOf(check, scene) ?? (await judge(check, toolsOf(scene, facts, options), options.signal))
  return { id, describe, ...verdict }
}

function toolsOf(
  scene: Scene,
  facts: Facts,
  { seed, signal, steady = (act) => act() }: Pick<TaskEnvironmentOptions, 'seed' | 'signal' | 'steady'>,
): CheckTools {
  return {
    facts,
    labelOf: (role) => scene.actor(role).label,
    ask: scene.ask,
    observe: (role, lines) => observeRole(scene, role, lines),
    reference: scene.reference,
    traffic: (role, clients, forMs) =>
      steady(async () => {
        const { target, driver, asSent, connections } = await scene.fresh(role, Object.keys(clients))
        const phases = constantPhases(clients, forMs, asSent)
        const frames: Frame[] = []
        await driver.run(
          { mode: 'open', target, connections, timeoutMs: answerMs, seed, phases },
          (frame) => void frames.push(frame),
          signal,
        )
        return addUp(frames)
      }),
  }
}

async function judge(check: Check, tools: CheckTools, signal: AbortSignal): Promise<Judged> {
  try {
    return await judgeKind(check, tools)
  } catch (error) {
    if (signal.aborted) return cannotTell('', 'it was stopped before it was judged')
    if (!(error instanceof EdgeLabError)) throw error
    if (error.name === 'badInput') return wrongFiles(mistakeOfProblems(error.problems))
    return cannotTell('', error.message)
  }
}

/**
 * A role that does not stand, in whatever part of a check: wrong where the learner's files are why, else nobody can
 * tell. Looked for first, so that `not` never makes a broken file right.
 */
function hindranceOf(check: Check, scene: Scene): Judged | undefined {
  const standings = rolesOf(check).map((role) => scene.standing(role))
  const mistake = standings.find((each) => each.state === 'mistake')
  if (mistake) return wrongFiles(mistake.mistake)
  const down = standings.find((each) => each.state === 'down')
  return down && cannotTell('', down.why)
}

function wrongFiles({ said, difference }: { readonly said: string; readonly difference: string }): Judged {
  return { state: 'wrong', request: '', expected: 'files that are accepted', received: said, difference }
}

function rolesOf(check: Check): readonly string[] {
  switch (check.kind) {
    case 'compare':
      return check.roles
    case 'answer':
      return []
    case 'all':
    case 'any':
      return check.checks.flatMap(rolesOf)
    case 'not':
      return rolesOf(check.check)
    default:
      return [check.role]
  }
}

function judgeKind(check: Check, tools: CheckTools): Promise<Judged> | Judged {
  switch (check.kind) {
    case 'http':
      return judgeHttp(check, tools)
    case 'sequence':
      return judgeSequence(check, tools)
    case 'rate':
      return judgeRate(check, tools)
    case 'cache':
      return judgeCache(check, tools)
    case 'transform':
      return judgeTransform(check, tools)
    case 'upstream':
      return judgeUpstream(check, tools)
    case 'config':
      return judgeConfig(check, tools)
    case 'compare':
      return judgeCompare(check, tools)
    case 'answer':
      return judgeAnswer(check, tools)
    case 'all':
      return judgeAll(check, tools, judgeKind)
    case 'any':
      return judgeAny(check, tools, judgeKind)
    case 'not':
      return judgeNot(check, tools, judgeKind)
  }
}
