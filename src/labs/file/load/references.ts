/** References between the parts of a lab: every name must exist. */

import type { KeyPath } from '../../../mistakes/inspect.ts'
import type { Name } from '../../../policy/policy.ts'
import type { Check } from '../check.ts'
import type { Condition } from '../condition.ts'
import { forRole } from '../condition.ts'
import type { FileShow, Question, RunStep, Step, TaskStep } from '../lab.ts'
import type { RequestLine } from '../request-line.ts'
import { checkExpected } from './expected.ts'
import { comparedProblem, factProblem } from './facts.ts'
import { checkOverlays } from './overlays.ts'
import { filesBelow, idsOf, isWhole, type LabParts, placed, reference, type Say, type StepPart } from './parts.ts'
import { checkRoles } from './roles.ts'

type FactCheck = (fact: string) => string | undefined

/** Roles, ids and every step's references. */
export function checkReferences(parts: LabParts, say: Say): void {
  checkRoles(parts, say)
  twice(
    parts.steps.map(({ id, path }) => ({ id, path: [...path, 'id'] })),
    'step',
    say,
  )
  const checks = parts.steps.flatMap(({ step, path }) =>
    step?.type === 'task' ? placed(step.checks).map(([n, { id }]) => ({ id, path: [...path, 'checks', n, 'id'] })) : [],
  )
  twice(checks, 'check', say)
  for (const part of parts.steps) if (part.step) checkStep(parts, part, part.step, say)
}

function twice(all: readonly { readonly id: unknown; readonly path: KeyPath }[], what: string, say: Say): void {
  const seen = new Set<unknown>()
  for (const { id, path } of all) {
    if (id !== undefined && seen.has(id)) say(path, `there is another ${what} “${id}”: ids are unique in a lab`)
    seen.add(id)
  }
}

function checkStep(parts: LabParts, { path }: StepPart, step: Step, say: Say): void {
  const known: FactCheck = (fact) => factProblem(fact, parts)
  const condition = (at: KeyPath, when: Condition): void => checkCondition([...path, ...at], when, known, say)
  if (step.type !== 'run' && step.type !== 'task') checkShown(parts, path, step.show ?? [], say)
  switch (step.type) {
    case 'read':
      return
    case 'predict':
    case 'observe':
      if (step.type === 'observe') earlier(parts, path, ['of'], step.of, 'run', say)
      return checkQuestions(parts, path, step.questions, say)
    case 'quiz':
      return twice(
        placed(step.questions).map(([n, { id }]) => ({ id, path: [...path, 'questions', n, 'id'] })),
        'question',
        say,
      )
    case 'explain':
      for (const [n, id] of placed(step.about)) earlier(parts, path, ['about', n], id, 'predict', say)
      for (const [n, { when }] of placed(step.outcomes)) condition(['outcomes', n, 'when'], when)
      return
    case 'run':
      return checkRun(parts, path, step, say)
    case 'task':
      checkTask(parts, path, step, say)
      for (const [n, { when }] of placed(step.hints)) if (when) condition(['hints', n, 'when'], when)
      for (const [n, { when }] of placed(step.failWhen)) condition(['failWhen', n, 'when'], when)
  }
}

/** A step that this one looks back on: where it came later, the learner could never finish this one. */
function earlier(parts: LabParts, path: KeyPath, at: KeyPath, id: Name, type: 'run' | 'predict', say: Say): void {
  reference([...path, ...at], id, `${type} step`, idsOf(parts, type), say)
  const [own, its] = [path, parts.steps.find((step) => step.type === type && step.id === id)?.path].map((each) =>
    Number(each?.[1] ?? -1),
  )
  if (its! > own!) say([...path, ...at], `the ${type} step “${id}” comes after this one, which looks back on it`)
}

function checkQuestions(parts: LabParts, path: KeyPath, questions: readonly Question[], say: Say): void {
  twice(
    placed(questions).map(([n, { id }]) => ({ id, path: [...path, 'questions', n, 'id'] })),
    'question',
    say,
  )
  for (const [n, { input }] of placed(questions)) {
    const at = [...path, 'questions', n]
    if (input.kind === 'number') {
      const problem = factProblem(input.fact, parts)
      if (problem) say([...at, 'number', 'fact'], problem)
      continue
    }
    const roles = input.kind === 'per-role' ? input.roles : []
    for (const [r, role] of placed(roles)) reference([...at, 'roles', r], role, 'role', parts.roleNames, say)
    twice(
      input.options.map(({ id }, o) => ({ id, path: [...at, 'options', o, 'id'] })),
      'option',
      say,
    )
    for (const [o, { when }] of placed(input.options)) {
      if (isOtherwise(when, input.options)) continue
      const perRole = roles.length > 0 ? roles.map((role) => forRole(when, role)) : [when]
      for (const each of perRole) {
        checkCondition([...at, 'options', o, 'when'], each, (fact) => factProblem(fact, parts), say)
      }
    }
  }
}

/** Whether a condition was derived from those of the other options, which are checked themselves. */
function isOtherwise(when: Condition, options: readonly { readonly when: Condition }[]): boolean {
  return (
    'not' in when && 'any' in when.not && when.not.any.every((part) => options.some((option) => option.when === part))
  )
}

function checkRun(parts: LabParts, path: KeyPath, step: RunStep, say: Say): void {
  if (step.id === 'check' || step.id === 'file' || step.id === 'cast')
    say([...path, 'id'], `a run step cannot be called “${step.id}”: facts begin so`)
  for (const [n, role] of placed(step.through)) reference([...path, 'through', n], role, 'role', parts.roleNames, say)
  const clients = clientsOf(parts, step.scenario)
  checkLines(step.requests ?? [], [...path, 'requests'], clients, say)
  for (const [n, show] of placed(step.show)) {
    const at = [...path, 'show', n]
    if (show.kind === 'finding' && step.requests) {
      say([...at, 'finding'], 'findings are drawn from the scenario’s own traffic: leave out requests')
    }
    if (show.kind !== 'arrived' && show.kind !== 'answers') continue
    const names = step.requests?.map(({ as }) => as)
    if (names) {
      if (isWhole(names)) reference([...at, show.kind], show.of, 'request of this run', names, say)
    } else say([...at, show.kind], 'single requests are seen in runs with requests: show counts or a finding')
  }
}

function checkShown(parts: LabParts, path: KeyPath, show: readonly FileShow[], say: Say): void {
  const files = filesBelow(parts, 'files')
  for (const [n, { file, part }] of placed(show)) {
    const at = [...path, 'show', n]
    reference([...at, 'file'], file, 'file below files/', [...files.keys()], say)
    const text = files.get(file)
    if (part !== undefined && text !== undefined && !text.includes(part))
      say([...at, 'part'], `files/${file} has no line with “${part}” in it`)
  }
}

function checkTask(parts: LabParts, path: KeyPath, step: TaskStep, say: Say): void {
  const files = filesBelow(parts, 'files')
  for (const [n, file] of placed(step.edit)) {
    reference([...path, 'edit', n], file, 'file below files/', [...files.keys()], say)
  }
  for (const [n, role] of placed(step.roles)) reference([...path, 'roles', n], role, 'role', parts.roleNames, say)
  checkOverlays(parts, path, step, say)
  const clients = clientsOf(parts, step.scenario)
  for (const [n, { check }] of placed(step.checks)) checkCheck(parts, [...path, 'checks', n], check, step, clients, say)
}

function checkCheck(
  parts: LabParts,
  path: KeyPath,
  check: Check,
  step: TaskStep,
  clients: readonly Name[] | undefined,
  say: Say,
): void {
  const role = (at: KeyPath, name: Name): void => {
    if (isWhole(step.roles)) reference([...path, ...at], name, 'role of this task', [...step.roles, 'direct'], say)
  }
  const lines = (at: KeyPath, send: readonly RequestLine[]): void => checkLines(send, [...path, ...at], clients, say)
  switch (check.kind) {
    case 'http':
    case 'transform':
      if (check.kind === 'http') checkExpected(check, [...path, 'http'], say)
      role([check.kind, 'role'], check.role)
      lines([check.kind, 'before'], check.before)
      return lines([check.kind, 'send'], [check.send])
    case 'sequence':
      role(['sequence', 'role'], check.role)
      for (const as of Object.keys(check.statuses)) {
        const names = check.send.map((line) => line.as)
        reference([...path, 'sequence', 'statuses', as], as, 'request line', names, say)
      }
      return lines(['sequence', 'send'], check.send)
    case 'cache':
    case 'upstream':
      if (check.kind === 'upstream') checkExpected(check, [...path, 'upstream'], say)
      role([check.kind, 'role'], check.role)
      return lines([check.kind, 'send'], check.send)
    case 'rate':
      role(['rate', 'role'], check.role)
      for (const client of Object.keys(check.clients)) {
        if (clients) reference([...path, 'rate', 'clients', client], client, 'client', clients, say)
      }
      return
    case 'config':
      return role(['config', 'role'], check.role)
    case 'compare':
      for (const [n, name] of placed(check.roles)) role(['compare', 'roles', n], name)
      lines(['compare', 'send'], check.send)
      return checkCondition(
        [...path, 'compare', 'holds'],
        check.holds,
        (fact) => comparedProblem(fact, check.roles, check.send),
        say,
      )
    case 'answer':
      return checkCondition([...path, 'answer'], check.holds, (fact) => factProblem(fact, parts), say)
    case 'all':
    case 'any':
      for (const [n, each] of placed(check.checks))
        checkCheck(parts, [...path, check.kind, n], each, step, clients, say)
      return
    case 'not':
      return checkCheck(parts, [...path, 'not'], check.check, step, clients, say)
  }
}

function checkLines(
  lines: readonly RequestLine[],
  path: KeyPath,
  clients: readonly Name[] | undefined,
  say: Say,
): void {
  for (const [n, { client }] of placed(lines)) {
    // A single line may be written without a list; its place is then found by its key alone.
    if (clients) reference([...path, n, 'client'], client, 'client of the scenario', clients, say)
  }
}

function checkCondition(path: KeyPath, condition: Condition, known: FactCheck, say: Say): void {
  if ('not' in condition) return checkCondition([...path, 'not'], condition.not, known, say)
  if ('all' in condition || 'any' in condition) {
    const [kind, inside] = 'all' in condition ? ['all', condition.all] : ['any', condition.any]
    for (const [n, part] of (inside as readonly Condition[]).entries())
      checkCondition([...path, kind as string, n], part, known, say)
    return
  }
  const problem = known(condition.fact)
  if (problem) say([...path, 'fact'], problem)
  if (typeof condition.than !== 'object') return
  const other = known(condition.than.fact)
  if (other) say([...path, 'than', 'fact'], other)
}

/** undefined: the scenario could not be read, which is reported separately. */
function clientsOf({ scenarios }: LabParts, file: string): readonly Name[] | undefined {
  const scenario = scenarios.get(file)
  return scenario && Object.keys(scenario.clients)
}
