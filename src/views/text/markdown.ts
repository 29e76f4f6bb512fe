/** The report as Markdown for a pull request: nothing in it can become a heading, a link, a mention or HTML. */

import type { Block, BodiesBlock, Finding, TableBlock } from '../../comparison/finding.ts'
import { escapeControl, escapeLine } from '../escape-control.ts'
import { answersTogether } from '../evidence/answers-together.ts'
import type { ReportModel } from '../model.ts'
import { chartTable } from '../tables/chart-table.ts'
import { intervalsTable } from '../tables/intervals-table.ts'
import { judgementSentence, judgementTable } from '../tables/judgement-table.ts'
import { circumstances, worth } from '../words/conditions.ts'

export function renderMarkdown({ record, findings, judgements }: ReportModel): string {
  const expectations =
    judgements.length === 0
      ? []
      : ['## Expectations', escapeMarkdown(judgementSentence(judgements)), ...tableMarkdown(judgementTable(judgements))]
  const measured: TableBlock = {
    kind: 'table',
    title: '',
    columns: [
      { title: '', align: 'left' },
      { title: '', align: 'left' },
    ],
    rows: circumstances(record).map(([name, value]) => [{ text: name }, { text: value }]),
    caption: '',
  }
  return `${[
    ...worth(record).map((sentence) => `> ${escapeMarkdown(sentence)}`),
    ...findings.flatMap(findingMarkdown),
    ...expectations,
    '## How it was measured',
    ...tableMarkdown(measured),
  ].join('\n\n')}\n`
}

function findingMarkdown(finding: Finding): string[] {
  const { question, verdict, blocks, offered, tentative } = finding
  const [answer = '', ...more] = verdict
  return [
    `## ${escapeMarkdown(finding.title)}`,
    `*${escapeMarkdown(question)}*`,
    ...(offered === undefined ? [] : [escapeMarkdown(offered)]),
    tentative ? escapeMarkdown(answer) : `**${escapeMarkdown(answer)}**`,
    ...(more.length > 0 ? [more.map((sentence) => `- ${escapeMarkdown(sentence)}`).join('\n')] : []),
    ...blocks.flatMap(blockMarkdown),
  ]
}

function blockMarkdown(block: Block): string[] {
  switch (block.kind) {
    case 'table':
      return [`**${escapeMarkdown(block.title)}**`, ...tableMarkdown(block), ...paragraph(block.caption)]
    case 'chart':
      return [
        `**${escapeMarkdown(block.title)}**`,
        ...paragraph(block.summary),
        ...folded('The numbers', tableMarkdown(chartTable(block))),
      ]
    case 'intervals': {
      const table = intervalsTable(block)
      return [
        `**${escapeMarkdown(block.title)}**`,
        ...paragraph(block.summary),
        ...tableMarkdown(table),
        ...paragraph(table.caption),
      ]
    }
    case 'bodies':
      return folded(block.title, [escapeMarkdown(block.request), ...answersTogether(block).flatMap(answerMarkdown)])
    case 'code':
      return folded(block.title, [fenced(block.text, block.language)])
    case 'note':
      return [`> ${block.tone === 'warning' ? '**Caution:**' : '**Note:**'} ${escapeMarkdown(block.text)}`]
    default:
      return block satisfies never
  }
}

function answerMarkdown({ label, status, headers, body, remark }: BodiesBlock['answers'][number]): string[] {
  const head = [`HTTP ${status}`, ...headers.map(([name, value]) => `${name}: ${value}`)].join('\n')
  return [`**${escapeMarkdown(label)}** ${escapeMarkdown(remark)}`.trim(), fenced(`${head}\n\n${body}`, 'http')]
}

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

function folded(summary: string, content: readonly string[]): string[] {
  return [`<details><summary>${escapeHtml(summary)}</summary>`, ...content, '</details>']
}

function paragraph(text: string): string[] {
  return text === '' ? [] : [escapeMarkdown(text)]
}

/** A fence longer than any run of backticks inside: the text cannot close it. */
function fenced(text: string, language: string): string {
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

/** Inside an HTML element Markdown does not apply. */
function escapeHtml(text: string): string {
  return escapeLine(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
