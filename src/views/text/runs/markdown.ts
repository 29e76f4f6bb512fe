/** Two runs compared, as Markdown for a pull request: what changed first, never more than 60 lines. */
import type { Block, Finding, TableBlock } from '../../../comparison/finding.ts'
import type { RunComparison } from '../../../comparison/runs/compare-runs.ts'
import { escapeMarkdown, tableMarkdown } from '../markdown.ts'
import { headWords } from './words.ts'

const maxLines = 60
/** Rows of a table that are shown at most: what is beyond stands in the text that `edgelab compare` prints. */
const maxRows = 14

export function comparisonMarkdown(comparison: RunComparison): string {
  const [first = '', ...cautions] = headWords(comparison)
  const lines = [
    '### Two runs compared',
    '',
    escapeMarkdown(first),
    ...cautions.flatMap((caution) => ['', `> ${escapeMarkdown(caution)}`]),
  ]
  const left: string[] = []
  for (const finding of comparison.findings) {
    const part = ['', ...partOf(finding)]
    // Two lines are kept for what was left out.
    if (lines.length + part.length <= maxLines - 2) lines.push(...part)
    else left.push(finding.title)
  }
  if (left.length > 0) lines.push('', escapeMarkdown(`Left out here: ${left.join(', ')}.`))
  return `${lines.join('\n')}\n`
}

function partOf({ title, verdict, tentative, blocks }: Finding): readonly string[] {
  const [answer = '', ...more] = verdict
  const said = escapeMarkdown(answer)
  return [
    `**${escapeMarkdown(title)}** ${tentative ? said : `**${said}**`}`,
    ...more.map((sentence) => `- ${escapeMarkdown(sentence)}`),
    ...(tentative ? [] : blocks.filter(isTable).flatMap((block) => ['', ...rowsOf(block)])),
  ]
}

function isTable(block: Block): block is TableBlock {
  return block.kind === 'table'
}

function rowsOf(table: TableBlock): readonly string[] {
  const rows = table.rows.slice(0, maxRows)
  const more = table.rows.length - rows.length
  return [
    ...tableMarkdown({ ...table, rows }).flatMap((text) => text.split('\n')),
    ...(more > 0 ? ['', `${more} more rows: edgelab compare without --markdown shows them.`] : []),
  ]
}
