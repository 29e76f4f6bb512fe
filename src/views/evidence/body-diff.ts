/** Where bodies differ: each laid out line by line, and compared with the most similar one before it. */
import { diffArrays } from 'diff'

/** same: the line is in both; other: it is not in what this body is compared with. */
export interface BodyLine {
  readonly text: string
  readonly mark: 'same' | 'other'
}

export interface ComparedBody {
  readonly lines: readonly BodyLine[]
  /** Index of the body it is compared with; null where none before it has the same form and half of its lines. */
  readonly against: number | null
}

export type BodyForm = 'json' | 'xml' | 'text'

/** Lines beyond this are not compared: it would be slow, and few readers get that far. */
const maxLines = 400

export function compareBodies(bodies: readonly string[]): readonly ComparedBody[] {
  const laid = bodies.map((body) => ({ form: formOf(body), lines: layOut(body) }))
  return laid.map(({ form, lines }, index): ComparedBody => {
    const [nearest] = laid
      .slice(0, index)
      .map((each, at) => ({ at, form: each.form, kept: keptLines(each.lines, lines) }))
      .filter((each) => each.form === form && each.kept.size >= lines.length / 2)
      .sort((a, b) => b.kept.size - a.kept.size)
    if (!nearest) return { lines: lines.map((text) => ({ text, mark: 'same' })), against: null }
    const marked = lines.map((text, at) => ({
      text,
      mark: nearest.kept.has(at) ? ('same' as const) : ('other' as const),
    }))
    return { lines: marked, against: nearest.at }
  })
}

/** By what it begins with: also of bodies that were cut. */
export function formOf(body: string): BodyForm {
  const start = body.trimStart()
  if (start.startsWith('{') || start.startsWith('[')) return 'json'
  return start.startsWith('<') ? 'xml' : 'text'
}

/**
 * One line for each value or element, blanks between them left out; what is inside strings and texts stays as it is.
 */
export function layOut(body: string): readonly string[] {
  switch (formOf(body)) {
    case 'json':
      return layOutJson(body)
    case 'xml':
      return layOutXml(body)
    case 'text':
      return body === '' ? [] : body.trimEnd().split('\n')
  }
}

/** By tokens, not by parsing: numbers stay as they were written, and half a document is laid out as well. */
function layOutJson(body: string): readonly string[] {
  const tokens = body.match(/"(?:[^"\\]|\\.)*"?|[{}[\],:]|[^\s{}[\],:"]+/gs) ?? []
  const lines: string[] = []
  let depth = 0
  let line = ''
  const flush = (): void => {
    if (line !== '') lines.push('  '.repeat(depth) + line)
    line = ''
  }
  for (const [at, token] of tokens.entries()) {
    if (token === '{' || token === '[') {
      line += token
      if (closes(tokens[at + 1])) continue
      flush()
      depth += 1
    } else if (closes(token)) {
      if (opens(tokens[at - 1])) line += token
      else {
        flush()
        depth = Math.max(0, depth - 1)
        line = token
      }
    } else if (token === ',') {
      line += token
      flush()
    } else line += token === ':' ? ': ' : token
  }
  flush()
  return lines
}

function opens(token: string | undefined): boolean {
  return token === '{' || token === '['
}

function closes(token: string | undefined): boolean {
  return token === '}' || token === ']'
}

/** An element with nothing but text is one line. */
function layOutXml(body: string): readonly string[] {
  const parts = (body.match(/<[^>]*>?|[^<]+/g) ?? []).filter((part) => part.trim() !== '')
  const lines: string[] = []
  let depth = 0
  for (let at = 0; at < parts.length; at += 1) {
    const part = (parts[at] as string).trim()
    const indent = (): string => '  '.repeat(depth)
    if (part.startsWith('</')) {
      depth = Math.max(0, depth - 1)
      lines.push(indent() + part)
    } else if (!part.startsWith('<') || /^<[?!]/.test(part) || part.endsWith('/>')) {
      lines.push(indent() + part)
    } else if (parts[at + 1]?.startsWith('</')) {
      lines.push(indent() + part + parts[at + 1])
      at += 1
    } else if (parts[at + 1]?.startsWith('<') === false && parts[at + 2]?.startsWith('</')) {
      lines.push(indent() + part + parts[at + 1] + parts[at + 2])
      at += 2
    } else {
      lines.push(indent() + part)
      depth += 1
    }
  }
  return lines
}

/** Indices of `lines` that are in `base` as well, in the same order. A comma at the end does not count. */
function keptLines(base: readonly string[], lines: readonly string[]): ReadonlySet<number> {
  const [a, b] = [base, lines].map((each) => each.slice(0, maxLines).map(withoutComma)) as [string[], string[]]
  const kept = new Set<number>()
  let at = 0
  for (const { added, removed, count } of diffArrays(a, b)) {
    if (removed) continue
    if (!added) for (let shared = at; shared < at + count; shared += 1) kept.add(shared)
    at += count
  }
  // Lines beyond the limit were not compared, so they are not marked as different.
  for (let beyond = maxLines; beyond < lines.length; beyond += 1) kept.add(beyond)
  return kept
}

function withoutComma(line: string): string {
  return line.endsWith(',') ? line.slice(0, -1) : line
}
