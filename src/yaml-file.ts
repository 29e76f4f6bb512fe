/** A YAML file that people write: its values, and everything that is wrong with it, each mistake with its place. */
import { closest, distance } from 'fastest-levenshtein'
import { type Document, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml'
import type { z } from 'zod'
import { LabError, type Problem } from './errors.ts'

export type KeyPath = readonly PropertyKey[]

export interface YamlFile {
  /** The document as plain values, around lines that YAML cannot make sense of; undefined where there is nothing. */
  readonly value: unknown
  /** Adds a problem at the value of a path, or at the nearest parent that is there. */
  add(path: KeyPath, message: string): void
  /** Holds the value against a schema and adds every problem; undefined where there was one. */
  read<Schema extends z.ZodType>(schema: Schema): z.output<Schema> | undefined
  /** So far; in the order in which they were found. */
  readonly problems: readonly Problem[]
}

export function openYaml(text: string, file: string): YamlFile {
  const { document, lines, syntax } = parseYaml(text)
  const problems: Problem[] = syntax.map((each) => ({ file, path: '', ...each }))
  const value = readable(document)
  const add = (path: KeyPath, message: string): void => {
    problems.push({ file, ...place(document, lines, path), path: path.map(String).join('.'), message })
  }
  return {
    value,
    add,
    problems,
    read: (schema) => {
      const parsed = schema.safeParse(value)
      if (parsed.success) return parsed.data
      // What stood on a line that could not be read is not missing.
      const issues = parsed.error.issues.filter(
        ({ path }) => syntax.length === 0 || (valueAt(value, path) ?? null) !== null,
      )
      for (const { path, message } of issues.flatMap((issue) => spoken(issue, value, schema))) add(path, message)
      return undefined
    },
  }
}

/** LabError `badInput` with every problem in file order; problems of other files keep their order behind it. */
export function badInput(file: string, problems: readonly Problem[]): LabError {
  const rank = (problem: Problem): number => (problem.file === file ? 0 : 1)
  const sorted = [...problems].sort(
    (a, b) =>
      rank(a) - rank(b) ||
      (a.file < b.file ? -1 : a.file > b.file ? 1 : 0) ||
      (a.line ?? 0) - (b.line ?? 0) ||
      (a.column ?? 0) - (b.column ?? 0),
  )
  const count = sorted.length === 1 ? '1 mistake' : `${sorted.length} mistakes`
  return new LabError('badInput', { count, file }, { problems: sorted })
}

/** `; did you mean “x”?` where a known one is near, else what is known. */
export function suggestion(given: string, known: readonly string[]): string {
  if (known.length === 0) return ''
  const near = closest(given, [...known])
  return distance(given, near) <= 3 ? `; did you mean “${near}”?` : `; known are ${known.join(', ')}`
}

interface SyntaxProblem {
  readonly line: number
  readonly column: number
  readonly message: string
}

/**
 * Parses around syntax errors: a line that YAML cannot make sense of is blanked out and the rest read again, so that one
 * wrong indentation does not hide the other mistakes of the file. Line numbers stay what they were.
 */
function parseYaml(text: string): { document: Document; lines: LineCounter; syntax: readonly SyntaxProblem[] } {
  const syntax: SyntaxProblem[] = []
  const rows = text.split('\n')
  for (;;) {
    const lines = new LineCounter()
    const document = parseDocument(rows.join('\n'), {
      lineCounter: lines,
      prettyErrors: false,
      uniqueKeys: true,
      logLevel: 'error',
    })
    const [error] = document.errors
    if (!error) return { document, lines, syntax }
    const problem = syntaxProblem(rows, lines.linePos(error.pos[0]), error.message)
    syntax.push(problem)
    if (syntax.length > 20 || rows[problem.line - 1]?.trim() === '') return { document, lines, syntax }
    rows[problem.line - 1] = ''
  }
}

/** A bracket that is not closed is noticed where the next line begins: it belongs to the line before. */
function syntaxProblem(rows: readonly string[], at: { line: number; col: number }, message: string): SyntaxProblem {
  const bracket = /^Flow (?:map|sequence) .* end with a ([}\]])/.exec(message)?.[1]
  if (!bracket) return { line: at.line, column: at.col, message: plain(message) }
  const missing = `“${bracket}” is missing`
  if (rows[at.line - 1]?.slice(0, at.col - 1).trim()) return { line: at.line, column: at.col, message: missing }
  const before = rows.slice(0, at.line - 1).findLastIndex((row) => /^\s*[^\s#]/.test(row))
  return { line: before + 1, column: (rows[before]?.trimEnd().length ?? 0) + 1, message: missing }
}

/** The recovered document as plain values; undefined where aliases or the like make that impossible. */
function readable(document: Document): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 })
  } catch {
    return undefined
  }
}

/** Line and column of the value at a path, or of the nearest parent that is there. */
function place(document: Document, lines: LineCounter, path: KeyPath): { line?: number; column?: number } {
  let found: Node | null = document.contents
  for (const key of path) {
    const next = child(found, key)
    if (!next) break
    found = next
  }
  if (!found?.range) return {}
  const { line, col } = lines.linePos(found.range[0])
  return { line, column: col }
}

/** Keys are compared as they read: `200:` is a number to YAML and a text to us. A key without a value stands for it. */
function child(node: Node | null, key: PropertyKey): Node | null {
  if (isSeq(node)) return (node.items[Number(key)] as Node | undefined) ?? null
  if (!isMap(node)) return null
  const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === String(key))
  return ((pair?.value as Node | null | undefined)?.range ? pair?.value : pair?.key) as Node | null
}

/** The first sentence of the parser, without its own place. */
function plain(message: string): string {
  return message.split('\n')[0]!.replace(/ at line \d+, column \d+:?$/, '')
}

function valueAt(value: unknown, path: KeyPath): unknown {
  return path.reduce<unknown>((at, key) => (at as Record<PropertyKey, unknown> | null | undefined)?.[key], value)
}

/** A zod issue in words; an issue of a union or of unknown keys becomes one problem each. */
function spoken(
  issue: z.core.$ZodIssue,
  value: unknown,
  schema: z.ZodType,
): readonly { path: KeyPath; message: string }[] {
  if (issue.code === 'unrecognized_keys') {
    const known = knownKeys(schema, issue.path, value)
    return issue.keys.map((key) => {
      const hint = suggestion(key, known)
      return { path: [...issue.path, key], message: `“${key}” is not a key here${hint}` }
    })
  }
  const given = valueAt(value, issue.path)
  if (given === undefined && issue.path.length > 0)
    return [{ path: issue.path, message: `“${String(issue.path.at(-1))}” is missing` }]
  if (issue.code === 'invalid_union' && typeof given === 'object' && given !== null) {
    // What was meant is the form that takes an object at all: its complaints say more than “neither fits”.
    const meant = issue.errors.find(
      (branch) => !branch.some(({ path, code }) => !path.length && code === 'invalid_type'),
    )
    if (meant && meant.length > 0) {
      const inside = meant.map((each) => ({ ...each, path: [...issue.path, ...each.path] }) as z.core.$ZodIssue)
      return inside.flatMap((each) => spoken(each, value, schema))
    }
  }
  return [{ path: issue.path, message: issue.message.replace(/^Invalid input: /, '') }]
}

/** The keys that the schema has at a path, for suggestions. */
function knownKeys(schema: unknown, path: KeyPath, value: unknown): readonly string[] {
  let inner = unwrapped(schema, value)
  let given = value
  for (const key of path) {
    given = (given as Record<PropertyKey, unknown> | undefined)?.[key]
    inner = unwrapped(inner.shape?.[key] ?? inner.def.element ?? inner.def.valueType, given)
  }
  return inner.shape ? Object.keys(inner.shape) : []
}

interface Inner {
  readonly def: {
    readonly innerType?: unknown
    readonly element?: unknown
    readonly valueType?: unknown
    readonly in?: unknown
    readonly options?: readonly unknown[]
    readonly discriminator?: string
  }
  readonly shape?: Record<PropertyKey, unknown>
}

/** Through optional, default, pipe and union, to what has keys or elements; of a tagged union, the form that is meant. */
function unwrapped(schema: unknown, value: unknown): Inner {
  let inner = schema as Inner | undefined
  for (;;) {
    const { innerType, in: input, options, discriminator } = inner?.def ?? {}
    const next = innerType ?? input ?? (options && chosen(options, discriminator, value))
    if (!next) return inner ?? { def: {} }
    inner = next as Inner
  }
}

function chosen(options: readonly unknown[], discriminator: string | undefined, value: unknown): unknown {
  if (discriminator === undefined) return options.at(-1)
  const tag = (value as Record<string, unknown> | null | undefined)?.[discriminator]
  return options.find((option) => {
    const literal = unwrapped(option, value).shape?.[discriminator] as { readonly value?: unknown } | undefined
    return literal?.value === tag
  })
}
