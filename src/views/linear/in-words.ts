/** Evidence without pictures: what cannot be heard is said in a sentence and in numbers. */
import type { Block, BodiesBlock } from '../../comparison/finding.ts'
import { curlOf, inLines } from '../evidence/curl.ts'
import type { ReportModel } from '../model.ts'
import { shortChartTable } from '../tables/chart-table.ts'
import { intervalsTable } from '../tables/intervals-table.ts'

/** Rows of the numbers; a time line has many more points than anybody listens to. */
const maxNumbers = 12

export function inWords(model: ReportModel): ReportModel {
  return {
    ...model,
    findings: model.findings.map((finding) => ({ ...finding, blocks: finding.blocks.flatMap(blockInWords) })),
  }
}

/** Answers, and the command that asks for them again. */
export function withCommand(block: BodiesBlock): readonly Block[] {
  if (!block.sent) return [block]
  return [block, { kind: 'code', title: 'To send it again:', language: 'sh', text: curlOf(block.sent, inLines) }]
}

function blockInWords(block: Block): readonly Block[] {
  if (block.kind === 'bodies') return withCommand(block)
  if (block.kind === 'intervals') return [{ ...intervalsTable(block), title: `${block.title}. ${block.summary}` }]
  if (block.kind !== 'chart') return [block]
  const numbers = shortChartTable(block, maxNumbers)
  return [{ ...numbers, title: `${block.title}. ${block.summary}` }]
}
