/** What one part of a lab says of another: every name must mean something. */
import type { Name } from '../policy/policy.ts'
import { type KeyPath, suggestion } from '../yaml-file.ts'
import type { Check } from './check.ts'
import type { Condition } from './condition.ts'
import { forRole } from './facts.ts'
import type { Question, RequestLine, RunStep, Step, TaskStep } from './lab.ts'
import { comparedProblem, factProblem } from './load-facts.ts'
import { filesBelow, idsOf, type LabParts, type Say, type StepPart } from './load-parts.ts'

type FactCheck = (fact: string) => string | undefined

/** Roles, ids and every step's references. */
export function checkReferences(parts: LabParts, say: Say): void {
  for (const [name, role] of Object.entries(parts.roles)) {
    for (const [system, folder] of Object.entries(role.native)) {
      const path = ['roles', name, 'native', system]
      if (!role.systems.some((each) => each === system)) say(path, `${system} is not among the systems of ${name}`)
      if (filesBelow(parts, `files/${folder}`).size === 0)
        say(path, `there is no folder files/${folder} with files in it`)
    }
  }
  twice(
    parts.steps.map(({ id, path }) => ({ id, path: [...path, 'id'] })),
    'step',
    say,
  )
  const checks = parts.steps.flatMap(({ step, path }) =>
    step?.type === 'task' ? step.checks.map(({ id }, n) => ({ id, path: [...path, 'checks', n, 'id'] })) : [],
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
  switch (step.type) {
    case 'read':
      return
    case 'predict':
    case 'observe':
      if (step.type === 'observe') reference([...path, 'of'], step.of, 'run step', idsOf(parts, 'run'), say)
      return checkQuestions(parts, path, step.questions, say)
    case 'quiz':
      return twice(
        step.questions.map(({ id }, n) => ({ id, path: [...path, 'questions', n, 'id'] })),
        'question',
        say,
      )
    case 'explain':
      for (const [n, id] of step.about.entries()) {
        reference([...path, 'about', n], id, 'predict step', idsOf(parts, 'predict'), say)
      }
      for (const [n, { when }] of step.outcomes.entries()) condition(['outcomes', n, 'when'], when)
      return
    case 'run':
      return checkRun(parts, path, step, say)
    case 'task':
      checkTask(parts, path, step, say)
      for (const [n, { when }] of step.hints.entries()) if (when) condition(['hints', n, 'when'], when)
      for (const [n, { when }] of step.failWhen.entries()) condition(['failWhen', n, 'when'], when)
  }
}

function checkQuestions(parts: LabParts, path: KeyPath, questions: readonly Question[], say: Say): void {
  twice(
    questions.map(({ id }, n) => ({ id, path: [...path, 'questions', n, 'id'] })),
    'question',
    say,
  )
  for (const [n, { input }] of questions.entries()) {
    const at = [...path, 'questions', n]
    if (input.kind === 'number') {
      const problem = factProblem(input.fact, parts)
      if (problem) say([...at, 'number', 'fact'], problem)
      continue
    }
    const roles = input.kind === 'per-role' ? input.roles : []
    for (const [r, role] of roles.entries()) reference([...at, 'roles', r], role, 'role', parts.roleNames, say)
    twice(
      input.options.map(({ id }, o) => ({ id, path: [...at, 'options', o, 'id'] })),
      'option',
      say,
    )
    for (const [o, { when }] of input.options.entries()) {
      if (isOtherwise(when, input.options)) continue
      const perRole = roles.length > 0 ? roles.map((role) => forRole(when, role)) : [when]
      for (const each of perRole) {
        checkCondition([...at, 'options', o, 'when'], each, (fact) => factProblem(fact, parts), say)
      }
    }
  }
}

/** Made from the conditions of the other options, which are checked where they stand. */
function isOtherwise(when: Condition, options: readonly { readonly when: Condition }[]): boolean {
  return (
    'not' in when && 'any' in when.not && when.not.any.every((part) => options.some((option) => option.when === part))
  )
}

function checkRun(parts: LabParts, path: KeyPath, step: RunStep, say: Say): void {
  if (step.id === 'check' || step.id === 'file')
    say([...path, 'id'], `a run step cannot be called “${step.id}”: facts begin so`)
  for (const [n, role] of step.through.entries()) reference([...path, 'through', n], role, 'role', parts.roleNames, say)
  const clients = clientsOf(parts, step.scenario)
  checkLines(step.requests ?? [], [...path, 'requests'], clients, say)
  for (const [n, show] of step.show.entries()) {
    const at = [...path, 'show', n]
    if (show.kind === 'finding' && step.requests) {
      say([...at, 'finding'], 'findings are drawn from the scenario’s own traffic: leave out requests')
    }
    if (show.kind !== 'arrived' && show.kind !== 'answers') continue
    const names = step.requests?.map(({ as }) => as)
    if (names) reference([...at, show.kind], show.of, 'request of this run', names, say)
    else say([...at, show.kind], 'single requests are seen in runs with requests: show counts or a finding')
  }
}

function checkTask(parts: LabParts, path: KeyPath, step: TaskStep, say: Say): void {
  const files = filesBelow(parts, 'files')
  for (const [n, file] of step.edit.entries()) {
    reference([...path, 'edit', n], file, 'file below files/', [...files.keys()], say)
  }
  for (const [n, role] of step.roles.entries()) reference([...path, 'roles', n], role, 'role', parts.roleNames, say)
  const folders: readonly [KeyPath, string][] = [
    [['solution'], step.solution],
    ...step.states.map((state, n): [KeyPath, string] => [['states', n], state]),
  ]
  for (const [at, folder] of folders) {
    if (folder !== '' && filesBelow(parts, folder).size === 0)
      say([...path, ...at], `there is no folder ${folder} with files in it`)
  }
  const clients = clientsOf(parts, step.scenario)
  for (const [n, { check }] of step.checks.entries())
    checkCheck(parts, [...path, 'checks', n], check, step, clients, say)
}

function checkCheck(
  parts: LabParts,
  path: KeyPath,
  check: Check,
  step: TaskStep,
  clients: readonly Name[] | undefined,
  say: Say,
): void {
  const roles = [...step.roles, 'direct']
  const role = (at: KeyPath, name: Name): void => reference([...path, ...at], name, 'role of this task', roles, say)
  const lines = (at: KeyPath, send: readonly RequestLine[]): void => checkLines(send, [...path, ...at], clients, say)
  switch (check.kind) {
    case 'http':
    case 'transform':
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
      for (const [n, name] of check.roles.entries()) role(['compare', 'roles', n], name)
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
      for (const [n, each] of check.checks.entries())
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
  for (const [n, { client }] of lines.entries()) {
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

/** undefined: the scenario could not be read, which is said in its own place. */
function clientsOf({ scenarios }: LabParts, file: string): readonly Name[] | undefined {
  const scenario = scenarios.get(file)
  return scenario && Object.keys(scenario.clients)
}

/** An empty name is one that has a mistake of its own. */
function reference(path: KeyPath, given: string, what: string, known: readonly string[], say: Say): void {
  if (given !== '' && !known.includes(given)) say(path, `there is no ${what} “${given}”${suggestion(given, known)}`)
}
