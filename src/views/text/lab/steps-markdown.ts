/** The Markdown of labs as lines of text. What is no part of the subset is shown as it was written. */
import { marked, type Token, type Tokens } from 'marked'
import { padded, paint, ruleLine, shown, type TextOptions, wrapped, wrappedCode } from '../style.ts'
import { tableLines } from '../table.ts'

export function markdownLines(markdown: string, options: TextOptions): string[] {
  return markdown.trim() === '' ? [] : blocksLines(marked.lexer(markdown), options)
}

/** Blocks, with an empty line between them. */
function blocksLines(tokens: readonly Token[], options: TextOptions, apart = true): string[] {
  return tokens
    .filter(({ type }) => type !== 'space' && type !== 'checkbox')
    .flatMap((token, at) => [...(at > 0 && apart ? [''] : []), ...tokenLines(token, options)])
}

function tokenLines(token: Token, options: TextOptions): string[] {
  switch (token.type) {
    case 'heading':
      return wrapped(paint(inline(token.tokens ?? [], { ...options, color: false }), 'heading', options), options)
    case 'paragraph':
      return wrapped(inline(token.tokens ?? [], options), options)
    case 'text':
      return wrapped(inline('tokens' in token && token.tokens ? token.tokens : [token], options), options)
    case 'list':
      return listLines(token as Tokens.List, options)
    case 'blockquote':
      return indented(blocksLines(token.tokens ?? [], narrower(options, 2)), options.unicode ? '│ ' : '| ')
    case 'code':
      return indented(wrappedCode(shown(token.text, options), narrower(options, 4)), '    ')
    case 'table':
      return markdownTable(token as Tokens.Table, options)
    case 'hr':
      return [ruleLine(options)]
    default:
      return wrapped(shown(token.raw.trimEnd(), options), options)
  }
}

function listLines({ items, ordered, start, loose }: Tokens.List, options: TextOptions): string[] {
  const bullet = options.unicode ? '•' : '*'
  const width = ordered ? `${Number(start || 1) + items.length - 1}. `.length : 2
  return items.flatMap((item, at) => {
    const mark = ordered ? `${Number(start || 1) + at}. ` : `${bullet} `
    const [first = '', ...rest] = blocksLines(item.tokens, narrower(options, width), item.loose)
    const lines = [`${padded(mark, width)}${first}`.trimEnd(), ...indented(rest, ' '.repeat(width))]
    return at > 0 && loose ? ['', ...lines] : lines
  })
}

function markdownTable({ header, rows }: Tokens.Table, options: TextOptions): string[] {
  // The cells are escaped and painted by the table itself.
  const plain = { ...options, color: false }
  return tableLines(
    {
      kind: 'table',
      title: '',
      columns: header.map(({ tokens, align }) => ({
        title: inline(tokens, plain),
        align: align === 'right' ? 'right' : 'left',
      })),
      rows: rows.map((row) => row.map(({ tokens }) => ({ text: inline(tokens, plain) }))),
      caption: '',
    },
    options,
  )
}

function inline(tokens: readonly Token[], options: TextOptions): string {
  return tokens.map((token) => inlineText(token, options)).join('')
}

function inlineText(token: Token, options: TextOptions): string {
  const inner = (): string => inline('tokens' in token && token.tokens ? token.tokens : [], options)
  switch (token.type) {
    case 'strong':
      return paint(inner(), 'strong', options)
    case 'em':
    case 'del':
      return inner()
    case 'codespan':
      // The backticks stay: without colour nothing else would tell code from words.
      return shown(`\`${token.text}\``, options)
    case 'br':
      return '\n'
    case 'link': {
      const { href } = token as Tokens.Link
      const text = inner()
      return text === href ? text : `${text} (${shown(href, options)})`
    }
    case 'text':
      if ('tokens' in token && token.tokens) return inner()
      // A line break in the source is a blank to the reader.
      return shown(token.text, options).replaceAll('\n', ' ')
    case 'escape':
      return shown(token.text, options)
    default:
      return shown(token.raw, options)
  }
}

function narrower(options: TextOptions, by: number): TextOptions {
  return { ...options, columns: Math.max(8, options.columns - by) }
}

function indented(lines: readonly string[], by: string): string[] {
  return lines.map((line) => `${by}${line}`.trimEnd())
}
