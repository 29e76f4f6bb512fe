/**
 * Opens a lab where the learner left it: copies its files, removes leftovers of killed runs, assigns the roles. Actions
 * are carried out one at a time; the progress is on disk before it is shown.
 */
import { randomInt } from 'node:crypto'
import { dirname, join } from 'node:path'
import { plural } from '../../comparison/blocks.ts'
import { EdgeLabError } from '../../errors.ts'
import { requireDescriptors } from '../../experiment/descriptors.ts'
import { removeDrafts } from '../../measurement/store/whole-file.ts'
import { cleanLeftovers } from '../../runtime/cleanup/clean.ts'
import type { RuntimeKind } from '../../runtime/topology.ts'
import type { CheckVerdict } from '../file/check.ts'
import type { Lab, RunStep, TaskStep } from '../file/lab.ts'
import { castFacts, type Facts, factsOf, fileFacts, firstOf, truthOf, verdictFacts } from '../progress/facts.ts'
import { fillText } from '../progress/fill.ts'
import { labHome } from '../progress/home.ts'
import { lockLab } from '../progress/lab-lock.ts'
import type { Progress } from '../progress/progress.ts'
import { beginProgress, fitProgress, loadProgress, saveProgress } from '../progress/progress-store.ts'
import { castLab, playerOf } from '../run/cast.ts'
import { observeRun } from '../run/observe.ts'
import { labEnding } from './ending/ending.ts'
import { judged, move, observed, stepAt, stepProgress } from './machine.ts'
import { stepPage } from './pages.ts'
import type { Action, LabSession, SessionState } from './session.ts'
import { stepSystems, type Wanted } from './trying/step-systems.ts'
import { systemsAt } from './trying/systems-at.ts'
import { clientsIn, tryOut } from './trying/try-out.ts'
import { type FileWatch, watchFiles } from './watch.ts'
import { applyOverlay, createWorkspace, filesFor, keepBefore, resetFiles } from './workspace.ts'

export interface SessionOptions {
  readonly runtime: 'auto' | RuntimeKind
  /** A line about what goes on before the session is open. */
  readonly note: (line: string) => void
  /** Judge a task when it is entered and when its files are saved; otherwise only when asked. */
  readonly watch: boolean
}

/** So many requests of the learner's own are kept. */
const keptTries = 20

/** Throws EdgeLabError: `labOpen`, `nothingRuns`, `fewDescriptors`, `engineUnreachable`, `stateUnwritable`. */
export async function openSession(lab: Lab, options: SessionOptions): Promise<LabSession> {
  const lock = await lockLab(lab.id)
  try {
    const session = await openLocked(lab, options)
    let closed: Promise<void> | undefined
    const close = (): Promise<void> => {
      closed ??= lock.releaseAfter(session.close)
      return closed
    }
    return { ...session, close }
  } catch (error) {
    await lock.releaseAfter(async () => undefined)
    throw error
  }
}

async function openLocked(lab: Lab, { runtime, note, watch }: SessionOptions): Promise<LabSession> {
  const { folder, workspace } = labHome(lab.id)
  const loaded = await loadProgress(lab.id, new Date())
  if (loaded.note !== '') note(loaded.note)
  await createWorkspace(lab, workspace)
  await Promise.all([dirname(folder), folder, join(folder, 'before')].map(removeDrafts))
  await removeLeftovers(note)
  const cast = await castLab(lab, runtime, note)
  // Whether a scenario needs more is checked when it starts.
  requireDescriptors(cast.runtime, [], cast.assignments.length)
  const begun = loaded.progress ?? beginProgress(lab, new Date(), randomInt(1, 2 ** 31 - 1))

  const listeners = new Set<() => void>()
  const newest = new Map<string, Action>()
  const closing = new AbortController()
  const progressNow = fitProgress(lab, begun)
  let state: SessionState = {
    progress: progressNow,
    busy: null,
    lines: [],
    verdicts: [],
    broken: null,
    tried: [],
    problem: null,
  }
  const systems = stepSystems({ lab, cast, workspace, seed: progressNow.seed, signal: closing.signal })
  let watched: FileWatch | null = null
  let queue: Promise<void> = Promise.resolve()
  let isJudgementDue = false

  function update(change: Partial<SessionState>): void {
    state = { ...state, ...change }
    for (const listener of listeners) listener()
  }

  async function keep(progress: Progress): Promise<void> {
    await saveProgress(progress)
    update({ progress })
  }

  function facts(): Facts {
    return factsOf(
      lab,
      state.progress,
      firstOf(castFacts(cast.assignments), verdictFacts(state.verdicts), fileFacts(workspace)),
    )
  }

  function filled(text: string): string {
    return fillText(text, { facts: facts(), playerOf: (role) => playerOf(cast, role) })
  }

  /**
   * One after another. An EdgeLabError becomes the problem of the state; anything else is a defect and rejects. What is
   * still waiting when the session closes is dropped, unless it is `mustHappen`.
   */
  function inTurn(act: () => Promise<void>, mustHappen = false): Promise<void> {
    const done = queue.then(async () => {
      if (closing.signal.aborted && !mustHappen) return
      try {
        await act()
      } catch (error) {
        // The signal stopped the work, which may fail with any error because of it.
        if (closing.signal.aborted) return
        if (!(error instanceof EdgeLabError)) throw error
        update({ problem: error })
      } finally {
        if (state.busy !== null) update({ busy: null })
      }
    })
    queue = done.catch(() => undefined)
    return done
  }

  async function perform(action: Action): Promise<void> {
    const moved = move(lab, state.progress, action, facts())
    if (!moved.accepted) return update({ problem: moved.refusal })
    update({ problem: null })
    const step = stepAt(lab, state.progress)
    const { progress, effect } = moved
    switch (effect) {
      case 'none':
        await keep(progress)
        if (progress.at !== step.id) await enter()
        return
      case 'run':
        return run(step as RunStep)
      case 'judge':
        return judge(step as TaskStep)
      case 'try':
        return send((action as Extract<Action, { type: 'try' }>).text)
      case 'reset-files': {
        const task = step as TaskStep
        await resetFiles(await keepBefore(task, workspace), task.edit, workspace)
        update({ verdicts: [], broken: null })
        await keep(progress)
        return judge(task)
      }
      case 'apply-solution': {
        const task = step as TaskStep
        await resetFiles(await keepBefore(task, workspace), task.edit, workspace)
        await applyOverlay(lab, task.solution, workspace)
        await keep(progress)
        return judge(task)
      }
      default:
        return effect satisfies never
    }
  }

  async function run(step: RunStep): Promise<void> {
    update({ busy: 'the run is under way', lines: [] })
    // What was tried before would take its share of the machine.
    systems.leave()
    await systems.left()
    const line = (text: string): void => update({ lines: [...state.lines, text] })
    const { seed } = state.progress
    const observation = await observeRun({ lab, step, cast, workspace, seed, signal: closing.signal, line })
    await keep(observed(state.progress, step.id, observation))
  }

  async function judge(step: TaskStep): Promise<void> {
    isJudgementDue = false
    update({ busy: systems.has(step) ? 'checking' : 'starting what the checks need' })
    watched?.seen()
    const verdicts = await verdictsOn(step)
    // A judgement that was stopped half-way counts for nothing: the earlier verdicts stay.
    closing.signal.throwIfAborted()
    update({ verdicts })
    await keep(judged(state.progress, step.id, verdicts))
    const broken = step.failWhen.find(({ when }) => truthOf(when, facts()) === true)
    update({ broken: broken ? filled(broken.say) : null })
  }

  async function verdictsOn(step: TaskStep): Promise<readonly CheckVerdict[]> {
    try {
      const { scenario, roles } = step
      const environment = await systems.ready({ scenario, roles })
      update({ busy: 'checking' })
      const checks = step.checks.map((each) => ({ ...each, describe: filled(each.describe) }))
      return await environment.judge(checks, facts())
    } catch (error) {
      // Parts of the environment may be gone: the next check opens a new one.
      systems.leave()
      throw error
    }
  }

  async function send(text: string): Promise<void> {
    const wanted = wantedNow()
    if (!wanted) return
    const tried = await tryOut(text, { workspace, wanted, systems, busy: (busy) => update({ busy }) })
    update({ tried: [...state.tried, tried].slice(-keptTries) })
  }

  function wantedNow(): Wanted | undefined {
    return systemsAt(lab, state.progress, stepAt(lab, state.progress).id)
  }

  /** The step before is left behind, with what ran for it where this one has other systems; the new one is made ready. */
  async function enter(): Promise<void> {
    watched?.close()
    watched = null
    const step = stepAt(lab, state.progress)
    const wanted = wantedNow()
    if (!wanted || !systems.has(wanted)) systems.leave()
    update({ verdicts: [], broken: null, lines: [] })
    if (step.type !== 'task') return
    await keepBefore(step, workspace)
    if (!watch) return
    watched = watchFiles(pathsOf(step), () => {
      // A judgement that is due looks at the newest files anyway.
      if (isJudgementDue) return
      isJudgementDue = true
      void inTurn(async () => {
        isJudgementDue = false
        if (state.progress.at === step.id) await judge(step)
      })
    })
    if (!stepProgress(state.progress, step.id).done) await judge(step)
  }

  function pathsOf(step: TaskStep): readonly string[] {
    return filesFor(lab, cast, step).map((file) => join(workspace, file))
  }

  await saveProgress(state.progress)
  void inTurn(enter)
  return {
    lab,
    cast,
    workspace,
    state: () => state,
    page: (id = stepAt(lab, state.progress).id) => {
      const step = lab.steps.find((each) => each.id === id)!
      const verdicts = id === state.progress.at ? state.verdicts : []
      const files = step.type === 'task' ? pathsOf(step) : []
      return stepPage(lab, cast, state.progress, id, { facts: facts(), files, verdicts })
    },
    clients: async () => {
      const wanted = wantedNow()
      return wanted ? clientsIn(workspace, wanted) : []
    },
    ending: () => labEnding(lab, cast, workspace),
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    act: (action) => {
      if (action.type !== 'answer') return inTurn(() => perform(action), action.type === 'commit')
      // Typing can be faster than writing to disk: only the newest answer is written.
      newest.set(action.question, action)
      return inTurn(async () => {
        if (newest.get(action.question) === action) await perform(action)
      }, true)
    },
    close: async () => {
      closing.abort(new EdgeLabError('interrupted'))
      watched?.close()
      await queue
      await systems.close()
    },
  }
}

/** Removes what a killed EdgeLab left running. The lab starts even where that fails. */
async function removeLeftovers(note: (line: string) => void): Promise<void> {
  const cleaned = await cleanLeftovers().catch((error: Error) => error)
  if (cleaned instanceof Error)
    return note(`What a killed EdgeLab may have left was not looked for: ${cleaned.message}`)
  const { containers, processes } = cleaned
  const left = [
    ...(containers > 0 ? [plural(containers, 'container')] : []),
    ...(processes > 0 ? [processes === 1 ? '1 process' : `${processes} processes`] : []),
  ]
  if (left.length > 0) note(`Removed what an EdgeLab that was killed had left: ${left.join(', ')}.`)
}
