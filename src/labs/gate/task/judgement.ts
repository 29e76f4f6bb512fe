/** One judgement of a task in one state of its files: what its checks said, and what is known then. */
import type { CheckVerdict } from '../../file/check.ts'
import type { Condition } from '../../file/condition.ts'
import type { Lab, TaskCheck, TaskStep } from '../../file/lab.ts'
import { castFacts, type Facts, factsOf, fileFacts, firstOf, truthOf, verdictFacts } from '../../progress/facts.ts'
import type { Progress } from '../../progress/progress.ts'
import type { Cast } from '../../run/cast.ts'
import type { TaskEnvironment } from '../../run/task-environment.ts'

export interface Judgement {
  readonly verdicts: readonly CheckVerdict[]
  readonly facts: Facts
}

/** What was judged in one task environment. */
export interface Pass {
  readonly start: Judgement
  readonly solved: Judgement
  readonly undone: Judgement
  /** By the folder that was laid over the starting files. */
  readonly tried: ReadonlyMap<string, Judgement>
}

/** Whose task it is, with the observations of the runs before it. */
export interface Known {
  readonly lab: Lab
  readonly cast: Cast
  readonly progress: Progress
}

/** How often a check is judged at most: a verdict that stays unknown (a busy machine) is tried again. */
const tries = 3

/** Of these checks, with the files as they are now. */
export async function judgeNow(
  step: TaskStep,
  checks: readonly TaskCheck[],
  environment: TaskEnvironment,
  known: Known,
  workspace: string,
): Promise<Judgement> {
  const verdicts = new Map<string, CheckVerdict>()
  for (let attempt = 1; attempt <= tries; attempt += 1) {
    const open = checks.filter(({ id }) => (verdicts.get(id)?.state ?? 'unknown') === 'unknown')
    if (open.length === 0) break
    // Starts again what did not come up.
    await environment.refresh()
    for (const verdict of await environment.judge(open, factsIn(known, workspace))) verdicts.set(verdict.id, verdict)
  }
  return judgementOf(step, [...verdicts.values()], known, workspace)
}

/** Facts about files are read when they are asked for; the files change, so what they are now is kept. */
export function judgementOf(
  { edit }: TaskStep,
  verdicts: readonly CheckVerdict[],
  known: Known,
  workspace: string,
): Judgement {
  const facts = factsIn(known, workspace, verdicts)
  const files = new Map(edit.map((file) => [`file.${file}`, facts(`file.${file}`)]))
  return { verdicts, facts: (path) => (files.has(path) ? files.get(path) : facts(path)) }
}

function factsIn({ lab, cast, progress }: Known, workspace: string, verdicts: readonly CheckVerdict[] = []): Facts {
  return factsOf(lab, progress, firstOf(castFacts(cast.assignments), verdictFacts(verdicts), fileFacts(workspace)))
}

/** What no learner changes in this cast: who plays, and the files of systems that do not. `matter`: the files that count. */
export function fixedFacts({ edit }: TaskStep, matter: readonly string[], facts: Facts): Facts {
  const fixed = new Set(edit.filter((file) => !matter.includes(file)).map((file) => `file.${file}`))
  return (path) => (path.startsWith('cast.') || fixed.has(path) ? facts(path) : undefined)
}

/** The checks on which conditions of hints wait that are not decided yet; of hints that were reached already, none. */
export function checksAwaited({ hints }: TaskStep, facts: Facts, reached: ReadonlySet<number>): readonly string[] {
  return hints.flatMap(({ when }, at) =>
    when && !reached.has(at) && truthOf(when, facts) === 'unknown' ? checksIn(when) : [],
  )
}

/** By their numbers, the hints whose condition holds. */
export function hintsReached({ hints }: TaskStep, facts: Facts): readonly number[] {
  return hints.flatMap(({ when }, at) => (when && truthOf(when, facts) === true ? [at] : []))
}

function checksIn(condition: Condition): readonly string[] {
  if ('all' in condition) return condition.all.flatMap(checksIn)
  if ('any' in condition) return condition.any.flatMap(checksIn)
  if ('not' in condition) return checksIn(condition.not)
  const [head, id = ''] = condition.fact.split('.')
  return head === 'check' ? [id] : []
}

/** A detail of a rule in which something could not be told: a verdict, or a question about a figure that was withheld. */
export function isUnclear(detail: string): boolean {
  return / is unknown: |^cannot be told: /.test(detail)
}

/** `address is wrong: at the origin …` */
export function verdictInWords({ id, state, difference, expected, received }: CheckVerdict): string {
  const why = difference || `expected ${expected}, received ${received}`
  return `${id} is ${state}: ${why}`
}
