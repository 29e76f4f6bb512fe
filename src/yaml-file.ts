/** A YAML file that people write: its values, and everything that is wrong with it, each mistake with its place. */
import { type Document, isMap, isScalar, isSeq, type LineCounter, type Node } from 'yaml'
import type { z } from 'zod'
import { EdgeLabError, type Problem } from './errors.ts'
import { inspect, type KeyPath, valueAt } from './mistakes/inspect.ts'
import { parseYaml } from './yaml-syntax.ts'

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
  const { document, lines, value, problems: syntax } = parseYaml(text)
  const problems: Problem[] = syntax.map((each) => ({ file, path: '', ...each }))
  const add = (path: KeyPath, message: string): void => {
    problems.push({ file, ...place(document, lines, path), path: path.map(String).join('.'), message })
  }
  if (syntax.length === 0 && (value ?? null) === null) {
    problems.push({ file, path: '', message: 'nothing is written in this file' })
  }
  return {
    value,
    add,
    problems,
    read: (schema) => {
      const read = inspect(schema, value)
      if (!read.mistakes) return read.data
      // Where nothing could be made out, that has been said; and what stood on a line that could not be read is not missing.
      if ((value ?? null) === null) return undefined
      const known = read.mistakes.filter(({ path }) => syntax.length === 0 || (valueAt(value, path) ?? null) !== null)
      for (const { path, message } of known) add(path, message)
      return undefined
    },
  }
}

/** EdgeLabError `badInput` with every problem in file order; problems of other files keep their order behind it. */
export function badInput(file: string, problems: readonly Problem[]): EdgeLabError {
  const rank = (problem: Problem): number => (problem.file === file ? 0 : 1)
  const sorted = [...problems].sort(
    (a, b) =>
      rank(a) - rank(b) ||
      (a.file < b.file ? -1 : a.file > b.file ? 1 : 0) ||
      (a.line ?? 0) - (b.line ?? 0) ||
      (a.column ?? 0) - (b.column ?? 0),
  )
  const count = sorted.length === 1 ? '1 mistake' : `${sorted.length} mistakes`
  return new EdgeLabError('badInput', { count, file }, { problems: sorted })
}

/** The same for mistakes of several files and options, in the order in which they are given. */
export function severalMistakes(problems: readonly Problem[]): EdgeLabError {
  const files = new Set(problems.map(({ file }) => file))
  if (files.size === 1) return badInput(problems[0]!.file, problems)
  return new EdgeLabError(
    'badInput',
    { count: `${problems.length} mistakes`, file: `${files.size} files` },
    { problems },
  )
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
