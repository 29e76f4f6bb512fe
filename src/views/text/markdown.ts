/** Text as Markdown for a pull request: nothing in it can become a heading, a link, a mention or HTML. */
import type { TableBlock } from '../../comparison/finding.ts'
import { escapeControl } from '../escape-control.ts'

export function tableMarkdown({ columns, rows }: TableBlock): string[] {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  return [
    [
      line(columns.map(({ title }) => escapeMarkdown(title))),
      line(columns.map(({ align }) => (align === 'right' ? '--:' : ':--'))),
      ...rows.map((row) => line(columns.map((_, at) => escapeMarkdown(row[at]?.text ?? '')))),
    ].join('\n'),
  ]
}

/** A fence longer than any run of backticks inside: the text cannot close it. */
export function fenced(text: string, language: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length))
  const fence = '`'.repeat(longest + 1)
  return `${fence}${language}\n${escapeControl(text).trimEnd()}\n${fence}`
}

/**
 * One paragraph's or cell's text, literally. Entities where a backslash would not do (HTML, bare links); an
 * empty comment after what GitHub would take for a mention or an issue, because it looks for those after rendering.
 */
export function escapeMarkdown(text: string): string {
  return escapeControl(text)
    .replace(/[\\`*_[\]~$|]/g, '\\$&')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(/@(?=\w)|#(?=\d)/g, '$&<!-- -->')
    .replace(/(https?|ftp):/gi, '$1&#58;')
    .replace(/www\./gi, 'www&#46;')
    .replace(/^(\s*)([-+]|#+)(?=\s|$)/gm, '$1\\$2')
    .replace(/^(\s*\d+)([.)])(?=\s|$)/gm, '$1\\$2')
    .replaceAll('\n', '<br>')
}
