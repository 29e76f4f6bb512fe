/** Files of the learner's, as a step shows them: whole, or the block that it is about. Pure. */
import { note } from '../../../comparison/blocks.ts'
import type { Block } from '../../../comparison/finding.ts'
import type { FileShow } from '../../file/lab.ts'
import type { Facts } from '../../progress/facts.ts'

/** `plays`: the files that matter in this cast; the others are left out. */
export function fileBlocks(show: readonly FileShow[], plays: readonly string[], facts: Facts): readonly Block[] {
  return show.filter(({ file }) => plays.includes(file)).map((each) => fileBlock(each, facts))
}

function fileBlock({ file, part }: FileShow, facts: Facts): Block {
  const text = facts(`file.${file}`)
  if (typeof text !== 'string') return note(`${file} cannot be read.`, 'warning')
  const block = part === undefined ? text : blockFrom(text, part)
  return { kind: 'code', title: file, language: languageOf(file), text: block }
}

function languageOf(file: string): string {
  return /\.([a-z]+)$/.exec(file)?.[1] ?? 'text'
}

/**
 * From the first line that holds `part` to where its braces are closed again, or, where it opens none, to where the
 * indentation goes back to its own; without what all of it is indented by. The whole text where no line holds it any more.
 */
export function blockFrom(text: string, part: string): string {
  const lines = text.split('\n')
  const from = lines.findIndex((line) => line.includes(part))
  if (from < 0) return text
  const first = lines[from]!
  const rest = lines.slice(from + 1)
  const end = depthOf(first) > 0 ? closing(rest, depthOf(first)) : indented(rest, indentOf(first))
  return outdented([first, ...rest.slice(0, end)])
    .join('\n')
    .trimEnd()
}

/** Without the blanks that all lines begin with. */
function outdented(lines: readonly string[]): readonly string[] {
  const by = Math.min(...lines.filter((line) => line.trim() !== '').map(indentOf))
  return lines.map((line) => line.slice(by))
}

/** How many of `lines` it takes until as many braces are closed as were open. */
function closing(lines: readonly string[], open: number): number {
  let depth = open
  const last = lines.findIndex((line) => {
    depth += depthOf(line)
    return depth <= 0
  })
  return last < 0 ? lines.length : last + 1
}

function indented(lines: readonly string[], than: number): number {
  const back = lines.findIndex((line) => line.trim() !== '' && indentOf(line) <= than)
  return back < 0 ? lines.length : back
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length
}

function depthOf(line: string): number {
  const count = (brace: string): number => line.split(brace).length - 1
  return count('{') - count('}')
}
