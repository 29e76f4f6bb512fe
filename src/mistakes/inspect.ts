/** A value that was read from a file, held against a schema. No message of zod's own reaches anybody: see words.ts. */
import type { z } from 'zod'
import { knownKeys } from './known-keys.ts'
import { inWords, suggestion } from './words.ts'

export type KeyPath = readonly PropertyKey[]

export interface Mistake {
  readonly path: KeyPath
  /** Goes with the path, which is shown beside it: `should be a list, not “x”`. */
  readonly message: string
}

/** The value as the schema reads it, or everything that is wrong with it. */
export function inspect<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
): { readonly data: z.output<Schema>; readonly mistakes?: never } | { readonly mistakes: readonly Mistake[] } {
  const { success, data, error } = schema.safeParse(value, { error: inWords, reportInput: true })
  return success ? { data } : { mistakes: telling(error.issues).flatMap((issue) => mistakesOf(issue, value, schema)) }
}

/** Without what follows from another: zod holds a list where a text belongs against the length of a text, too. */
function telling(issues: readonly Issue[]): readonly Issue[] {
  const ofKind = new Set(issues.filter(({ code }) => code === 'invalid_type').map(({ path }) => path.join('\0')))
  return issues.filter(({ code, path }) => !/^too_/.test(code) || !ofKind.has(path.join('\0')))
}

/** `locations.0.cache: should be at least 0`; `whole` stands for a place that is the value itself. */
export function mistakeLine({ path, message }: Mistake, whole: string): string {
  return `${path.map(String).join('.') || whole}: ${message}`
}

/** undefined where a part of the path is not there. */
export function valueAt(value: unknown, path: KeyPath): unknown {
  return path.reduce<unknown>((at, key) => {
    const isThere = typeof at === 'object' && at !== null && Object.hasOwn(at, key)
    return isThere ? (at as Record<PropertyKey, unknown>)[key] : undefined
  }, value)
}

type Issue = z.core.$ZodIssue

/** An issue of a union or of unknown keys becomes one mistake for each. */
function mistakesOf(issue: Issue, value: unknown, schema: z.ZodType): readonly Mistake[] {
  const { path } = issue
  if (issue.code === 'unrecognized_keys') {
    const known = knownKeys(schema, path, value)
    return issue.keys.map((key) => ({
      path: [...path, key],
      message: `“${key}” is not a key here${suggestion(key, known)}`,
    }))
  }
  const given = valueAt(value, path)
  if (given === undefined && path.length > 0 && issue.code !== 'custom') {
    return [{ path, message: `“${String(path.at(-1))}” is missing` }]
  }
  // What is wrong with a key says more than that it is wrong.
  if (issue.code === 'invalid_key') return issue.issues.map(({ message }) => ({ path, message }))
  if (issue.code === 'invalid_union' && typeof given === 'object' && given !== null) {
    const inside = meantForm(issue.errors).map((each) => ({ ...each, path: [...path, ...each.path] }) as Issue)
    if (inside.length > 0) return inside.flatMap((each) => mistakesOf(each, value, schema))
  }
  return [{ path, message: issue.message }]
}

/** What was meant is the form that takes an object at all: its complaints say more than “neither fits”. */
function meantForm(forms: readonly (readonly Issue[])[]): readonly Issue[] {
  const isOther = ({ path, code }: Issue): boolean =>
    path.length === 0 && (code === 'invalid_type' || code === 'invalid_value')
  return forms.find((issues) => !issues.some(isOther)) ?? []
}
