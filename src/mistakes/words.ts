/** What zod finds wrong, in words for people: its own are for programmers. Schemas say the rest themselves. */
import { closest, distance } from 'fastest-levenshtein'
import type { z } from 'zod'

/** `; did you mean “x”?` where a known one is near, else what is known. */
export function suggestion(given: string, known: readonly string[]): string {
  if (known.length === 0) return ''
  return nearest(given, known) || `; known are ${known.join(', ')}`
}

function nearest(given: string, known: readonly string[]): string {
  const near = closest(given, [...known])
  return distance(given, near) <= 3 ? `; did you mean “${near}”?` : ''
}

/** zod's map of errors: asked for an issue whose schema brings no message of its own. */
export function inWords(issue: z.core.$ZodRawIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return `should be ${kinds[issue.expected] ?? 'something else'}, not ${described(issue.input)}`
    case 'invalid_value': {
      const known = issue.values.map(String)
      const near = typeof issue.input === 'string' && known.length > 1 ? nearest(issue.input, known) : ''
      return `should be ${oneOf(known)}, not ${described(issue.input)}${near}`
    }
    case 'too_small':
      return `should ${amount(issue.origin, issue.inclusive === false ? 'more than' : 'at least', issue.minimum)}`
    case 'too_big':
      return `should ${amount(issue.origin, issue.inclusive === false ? 'less than' : 'at most', issue.maximum)}`
    case 'not_multiple_of':
      return `should be a multiple of ${issue.divisor}`
    case 'invalid_format':
      return `${described(issue.input)} is not written in the form that belongs here`
    case 'invalid_union':
      return noneFits(issue)
    case 'unrecognized_keys':
      return `has keys that are not known here: ${issue.keys.join(', ')}`
    default:
      return 'is not possible here'
  }
}

const kinds: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'keys with values',
  record: 'keys with values',
  null: 'empty',
}

/** A value in a sentence, whatever it is: `“x”`, `3`, `a list`. */
export function described(value: unknown): string {
  if (value === null || value === undefined) return 'empty'
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'string') return value.length > 80 ? `“${value.slice(0, 80)}…”` : `“${value}”`
  return typeof value === 'object' ? kinds['object']! : String(value)
}

/** `at least 1 item`, `at most 60 characters`, `more than 0`. */
function amount(origin: string, bound: string, limit: number | bigint): string {
  const plural = Number(limit) === 1 ? '' : 's'
  if (origin === 'string') {
    return bound === 'at least' && limit === 1 ? 'not be empty' : `have ${bound} ${limit} character${plural}`
  }
  return origin === 'array' ? `have ${bound} ${limit} item${plural}` : `be ${bound} ${limit}`
}

/** A value that is none of several forms: which kinds they are, where that is what tells them apart. */
function noneFits({ errors, options, input }: z.core.$ZodRawIssue<z.core.$ZodIssueInvalidUnion>): string {
  if (Array.isArray(options)) return `should be ${oneOf(options.map(String))}`
  const wanted = errors.flatMap((branch) =>
    branch.flatMap((each) => (each.code === 'invalid_type' && each.path.length === 0 ? [kinds[each.expected]] : [])),
  )
  if (wanted.length !== errors.length) return `cannot be ${described(input)}`
  return `should be ${oneOf(wanted.map(String))}, not ${described(input)}`
}

function oneOf(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`
}
