/** Facts by their paths, and conditions on them. Nothing here throws. */

import { join } from 'node:path'
import { type HeaderList, headerOf } from '../../http/headers.ts'
import { own } from '../../own.ts'
import { readTextSync } from '../../text-file.ts'
import type { CheckVerdict } from '../file/check.ts'
import type { Comparator, Condition, Operand, Truth } from '../file/condition.ts'
import { isInside } from '../file/input/input.ts'
import type { Lab } from '../file/lab.ts'
import type { RoleObservation } from './observation.ts'
import type { Progress } from './progress.ts'

/** The value of a path. undefined: not known (yet). null: known to be absent, such as a header that was not sent. */
export type Facts = (path: string) => unknown

/** What a learner's runs and checks showed; `extra` is asked first: files, verdicts of this moment. */
export function factsOf(lab: Lab, progress: Progress, extra: Facts = () => undefined): Facts {
  return (path) => {
    const more = extra(path)
    if (more !== undefined) return more
    const [head, rest] = split(path)
    if (head === 'check') {
      return verdictFacts(Object.values(progress.steps).flatMap((step) => step.verdicts))(path)
    }
    const isRun = lab.steps.some(({ id, type }) => id === head && type === 'run')
    const observation = isRun ? own(progress.steps, head)?.observation : undefined
    return observation ? roleFacts(observation.roles)(rest) : undefined
  }
}

/** `<role>.…` of one observation. */
export function roleFacts(roles: Readonly<Record<string, RoleObservation>>): Facts {
  return (path) => dig(roles, path)
}

/** `file.<path>`: the text of a file of the learner's, read when it is asked for. */
export function fileFacts(workspace: string): Facts {
  return (path) => {
    const [head, file] = split(path)
    if (head !== 'file' || !isInside(file)) return undefined
    try {
      return readTextSync(join(workspace, file))
    } catch {
      return undefined
    }
  }
}

/** `check.<id>`: what was judged just now, and in words what came and how that differs. */
export function verdictFacts(
  verdicts: readonly Pick<CheckVerdict, 'id' | 'state' | 'received' | 'difference'>[],
): Facts {
  return (path) => {
    const [head, rest] = split(path)
    if (head !== 'check') return undefined
    const [id, part] = split(rest)
    const verdict = verdicts.find((each) => each.id === id)
    if (part === '') return verdict?.state
    return part === 'received' || part === 'difference' ? verdict?.[part] : undefined
  }
}

/** `cast.<role>`: the id of the system that plays it. */
export function castFacts(assignments: readonly { readonly role: string; readonly system: string }[]): Facts {
  return (path) => {
    const [head, name] = split(path)
    return head === 'cast' ? assignments.find(({ role }) => role === name)?.system : undefined
  }
}

/** The first of several that has a value. */
export function firstOf(...all: readonly Facts[]): Facts {
  return (path) => {
    for (const facts of all) {
      const value = facts(path)
      if (value !== undefined) return value
    }
    return undefined
  }
}

/** Fields that count by name: a name that is missing there was counted zero times. */
const tallies = ['paths', 'byStatus']

function dig(value: unknown, path: string, within = ''): unknown {
  if (within === 'headers') return headerOf(value as HeaderList, path) ?? null
  if (Array.isArray(value)) {
    const [index, rest] = split(path)
    const item: unknown = /^-?\d+$/.test(index) ? value.at(Number(index)) : undefined
    return rest === '' ? item : dig(item, rest)
  }
  if (typeof value !== 'object' || value === null) return undefined
  // Names of headers, paths and metrics may contain dots: the rest of the path is tried as one name first.
  const whole = own(value as Record<string, unknown>, path)
  if (whole !== undefined) return whole
  if (tallies.includes(within)) return 0
  // A request that came without one.
  if (path === 'body') return null
  const [head, rest] = split(path)
  return rest === '' ? undefined : dig(own(value as Record<string, unknown>, head), rest, head)
}

function split(path: string): readonly [head: string, rest: string] {
  const dot = path.indexOf('.')
  return dot < 0 ? [path, ''] : [path.slice(0, dot), path.slice(dot + 1)]
}

/** Three-valued: what rests on a fact that is not there is unknown, unless the rest decides it alone. */
export function truthOf(condition: Condition, facts: Facts): Truth {
  if ('all' in condition) return allOf(condition.all.map((part) => truthOf(part, facts)))
  if ('any' in condition) return negated(allOf(condition.any.map((part) => negated(truthOf(part, facts)))))
  if ('not' in condition) return negated(truthOf(condition.not, facts))
  const value = facts(condition.fact)
  if (value === undefined) return 'unknown'
  if (condition.is === 'present') return isThere(value)
  if (condition.is === 'absent') return !isThere(value)
  const than = operandOf(condition.than, facts)
  return than === undefined ? 'unknown' : compare(value, condition.is, than)
}

function allOf(parts: readonly Truth[]): Truth {
  if (parts.includes(false)) return false
  return parts.includes('unknown') ? 'unknown' : true
}

function negated(truth: Truth): Truth {
  return truth === 'unknown' ? 'unknown' : !truth
}

function isThere(value: unknown): boolean {
  return value !== null && value !== ''
}

function operandOf(than: Operand | undefined, facts: Facts): string | number | boolean | undefined {
  if (typeof than !== 'object') return than
  const value = facts(than.fact)
  if (typeof value === 'number') return value * than.times
  return typeof value === 'string' || typeof value === 'boolean' ? value : undefined
}

function compare(
  value: unknown,
  is: Exclude<Comparator, 'present' | 'absent'>,
  than: string | number | boolean,
): Truth {
  const text = value === null ? undefined : typeof value === 'object' ? JSON.stringify(value) : String(value)
  switch (is) {
    case '=':
      return text === String(than)
    case '!=':
      return text !== String(than)
    case 'contains':
      return text?.includes(String(than)) ?? false
    case 'lacks':
      return !text?.includes(String(than))
    case 'matches':
      return text === undefined ? false : matches(text, String(than))
    case '<':
    case '<=':
    case '>':
    case '>=':
      return order(numberOf(value), is, numberOf(than))
  }
}

function order(value: number, is: '<' | '<=' | '>' | '>=', than: number): Truth {
  if (Number.isNaN(value) || Number.isNaN(than)) return 'unknown'
  if (is === '<') return value < than
  if (is === '<=') return value <= than
  return is === '>' ? value > than : value >= than
}

function numberOf(value: unknown): number {
  if (typeof value === 'number') return value
  return typeof value === 'string' && value.trim() !== '' ? Number(value) : Number.NaN
}

function matches(text: string, pattern: string): Truth {
  try {
    return new RegExp(pattern, 'u').test(text)
  } catch {
    return 'unknown'
  }
}
