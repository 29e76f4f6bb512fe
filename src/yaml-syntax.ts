/** YAML's own layer: a text as a document, and what keeps it from being one, each reason with its place. */
import { type Document, isAlias, LineCounter, type Node, parseDocument, visit } from 'yaml'

export interface SyntaxProblem {
  /** From 1; absent where the place is not known. */
  readonly line?: number
  readonly column?: number
  readonly message: string
}

export interface Parsed {
  readonly document: Document
  readonly lines: LineCounter
  /** The document as plain values, around lines that YAML cannot make sense of; undefined where that cannot be had. */
  readonly value: unknown
  readonly problems: readonly SyntaxProblem[]
}

const maxAliases = 100
const maxProblems = 20

/**
 * Parses around syntax errors: a line that YAML cannot make sense of is blanked out and the rest read again, so that one
 * wrong indentation does not hide the other mistakes of the file. Line numbers stay what they were.
 */
export function parseYaml(text: string): Parsed {
  const problems: SyntaxProblem[] = []
  const rows = text.split('\n')
  for (;;) {
    const lines = new LineCounter()
    // `<<` is of YAML 1.1; people use it all the same.
    const document = parseDocument(rows.join('\n'), {
      lineCounter: lines,
      prettyErrors: false,
      uniqueKeys: true,
      merge: true,
      logLevel: 'error',
    })
    const [error] = [...document.errors, ...document.warnings]
    if (!error) return values(document, lines, problems)
    const { line, col } = lines.linePos(error.pos[0])
    if (error.code === 'MULTIPLE_DOCS') {
      problems.push({ line, column: col, message: 'a second document begins here; a file holds one' })
      rows.length = line - 1
      continue
    }
    const problem = located(rows, { line, col }, error)
    problems.push(problem)
    if (problems.length > maxProblems || rows[problem.line - 1]?.trim() === '') {
      return { ...values(document, lines, problems), problems }
    }
    rows[problem.line - 1] = ''
  }
}

type SyntaxError = Document['errors'][number] | Document['warnings'][number]

/** A bracket that is not closed is noticed where the next line begins: it belongs to the line before. */
function located(
  rows: readonly string[],
  at: { readonly line: number; readonly col: number },
  error: SyntaxError,
): SyntaxProblem & { readonly line: number } {
  const bracket = /^Flow (?:map|sequence) .* end with a ([}\]])/.exec(error.message)?.[1]
  if (!bracket) return { line: at.line, column: at.col, message: reason(error) }
  const missing = `“${bracket}” is missing`
  if (rows[at.line - 1]?.slice(0, at.col - 1).trim()) return { line: at.line, column: at.col, message: missing }
  const before = rows.slice(0, at.line - 1).findLastIndex((row) => /^\s*[^\s#]/.test(row))
  return { line: before + 1, column: (rows[before]?.trimEnd().length ?? 0) + 1, message: missing }
}

/** The first sentence of the parser, without its own place; plainer where the parser's speaks of its own parts. */
function reason({ code, message }: SyntaxError): string {
  if (code === 'DUPLICATE_KEY') return 'this key is there already'
  if (code === 'TAB_AS_INDENT') return 'a tab indents this line; YAML wants spaces'
  if (code === 'RESOURCE_EXHAUSTION') return 'this is nested too deeply to be read'
  return message.split('\n')[0]!.replace(/ at line \d+, column \d+:?$/, '')
}

/** Aliases and merge keys are looked up only now: what is wrong with them is found here. */
function values(document: Document, lines: LineCounter, found: readonly SyntaxProblem[]): Parsed {
  const aliases = aliasProblems(document, lines)
  const parsed = { document, lines, problems: [...found, ...aliases] }
  if (aliases.length > 0) return { ...parsed, value: undefined }
  try {
    return { ...parsed, value: document.toJS({ maxAliasCount: maxAliases }) }
  } catch (error) {
    const { message } = error as Error
    const why = /^Excessive alias/.test(message)
      ? `aliases within what other aliases stand for make more than ${maxAliases} copies; write some of them out`
      : /^Merge sources/.test(message)
        ? '“<<” takes keys with values, or an alias for such'
        : message
    return { ...parsed, value: undefined, problems: [...parsed.problems, { message: why }] }
  }
}

/** Aliases for what is not there, and one too many: YAML's guard against a small file that grows without end. */
function aliasProblems(document: Document, lines: LineCounter): readonly SyntaxProblem[] {
  const problems: SyntaxProblem[] = []
  const uses = new Map<string, number>()
  visit(document, {
    Alias: (_, alias, parents) => {
      const { source } = alias
      const say = (message: string): void => {
        const { line, col } = lines.linePos(alias.range?.[0] ?? 0)
        problems.push({ line, column: col, message })
      }
      const target: Node | undefined = alias.resolve(document)
      const count = (uses.get(source) ?? 0) + 1
      uses.set(source, count)
      if (!target || isAlias(target)) say(`nothing before this line is called &${source}`)
      else if (parents.includes(target)) say(`*${source} stands within &${source} itself`)
      else if (count === maxAliases + 1) say(`*${source} is used more than ${maxAliases} times, the most that is read`)
    },
  })
  return problems
}
