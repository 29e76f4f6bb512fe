/** Whether a fact's path can name anything: known from the lab file alone, before anything runs. */

import { findingMetrics } from '../../../comparison/findings/registry.ts'
import { suggestion } from '../../../mistakes/words.ts'
import type { Name } from '../../../policy/policy.ts'
import { metricNames } from '../../../scenario/metrics.ts'
import type { Scenario } from '../../../scenario/scenario.ts'
import type { RunStep } from '../lab.ts'
import type { RequestLine } from '../request-line.ts'
import { filesBelow, idsOf, isWhole, type LabParts } from './parts.ts'

/** What a fact's path is wrong about, in words; undefined where it can name something. */
export function factProblem(fact: string, parts: LabParts): string | undefined {
  const [head = '', ...rest] = fact.split('.')
  if (head === 'cast') {
    return parts.roleNames.includes(rest.join('.')) ? undefined : unknown(fact, 'role', rest.join('.'), parts.roleNames)
  }
  if (head === 'check') {
    const [id = '', part] = rest
    if (rest.length > 2 || (part !== undefined && part !== 'received' && part !== 'difference'))
      return `${fact}: of a check there are check.${id}, check.${id}.received and check.${id}.difference`
    const ids = parts.steps.flatMap(({ step }) => (step?.type === 'task' ? step.checks.map(({ id }) => id) : []))
    // A check with a mistake has no id here, so an unknown name may be that check.
    const whole = parts.steps.every(({ step }) => step?.type !== 'task' || isWhole(step.checks))
    return ids.includes(id) || !whole ? undefined : unknown(fact, 'check', id, ids)
  }
  if (head === 'file') {
    const files = filesBelow(parts, 'files')
    const path = rest.join('.')
    return files.has(path) ? undefined : unknown(fact, 'file below files/', path, [...files.keys()])
  }
  const runs = idsOf(parts, 'run')
  if (!runs.includes(head)) return unknown(fact, 'run step', head, runs)
  const step = parts.steps.find(({ id, type }) => id === head && type === 'run')?.step as RunStep | undefined
  if (!step) return undefined
  const [role = '', ...inside] = rest
  if (isWhole(step.through) && !step.through.includes(role))
    return unknown(fact, `role that ${head} goes through`, role, step.through)
  const scenario = parts.scenarios.get(step.scenario)
  return observationProblem(fact, inside, namesIn(step.requests, scenario), step.requests ? undefined : scenario)
}

/** The same for a compare check: its facts begin with the role. */
export function comparedProblem(
  fact: string,
  roles: readonly Name[],
  send: readonly RequestLine[],
): string | undefined {
  const [role = '', ...inside] = fact.split('.')
  if (!roles.includes(role)) return unknown(fact, 'role that is compared', role, roles)
  return observationProblem(fact, inside, namesIn(send, undefined), undefined)
}

/** What answers and counts are filed under; undefined where the scenario, or a request, could not be read. */
function namesIn(
  send: readonly RequestLine[] | undefined,
  scenario: Scenario | undefined,
): readonly Name[] | undefined {
  if (!send) return scenario && Object.keys(scenario.clients)
  return isWhole(send) ? send.map(({ as }) => as) : undefined
}

const numbers = ['sent', 'accepted', 'refused', 'failed', 'fromCache']

function observationProblem(
  fact: string,
  path: readonly string[],
  names: readonly Name[] | undefined,
  measured: Scenario | undefined,
): string | undefined {
  const [part = '', first = '', ...rest] = path
  const fits = (pattern: RegExp): string | undefined =>
    pattern.test([first, ...rest].join('.')) ? undefined : `${fact}: nothing of ${part} has this name`
  switch (part) {
    case 'label':
    case 'system':
    case 'version':
    case 'problem':
      return path.length === 1 ? undefined : `${fact}: ${part} has no parts`
    case 'answers':
    case 'counts': {
      if (names && !names.includes(first)) return unknown(fact, 'request of this run', first, names)
      if (measured && part === 'answers') return `${fact}: single answers are kept in runs with requests only`
      if (part === 'answers') return fits(/^[^.]+\.-?\d+\.(status|body|durationMs|headers\..+)$/)
      return rest.length === 1 && numbers.includes(rest[0]!) ? undefined : fits(/^[^.]+\.byStatus\.\d+$/)
    }
    case 'origin':
      return fits(/^(requests|connections|paths\..+|last\.-?\d+\.(method|path|body|headers\..+))$/)
    case 'metrics': {
      const expectable = findingMetrics.filter(({ metrics }) => metrics.length > 0)
      const known = expectable.find(({ id }) => id === first)
      if (!known)
        return unknown(
          fact,
          'finding with figures',
          first,
          expectable.map(({ id }) => id),
        )
      if (!measured) return undefined
      const names = metricNames(known.metrics, measured)
      const name = rest.join('.')
      return names.includes(name) ? undefined : unknown(fact, `figure of ${first}`, name, names)
    }
    default:
      return unknown(fact, 'part of an observation', part, [
        'label',
        'system',
        'version',
        'problem',
        'answers',
        'counts',
        'origin',
        'metrics',
      ])
  }
}

function unknown(fact: string, what: string, given: string, known: readonly string[]): string {
  return `${fact}: there is no ${what} “${given}”${suggestion(given, known)}`
}
