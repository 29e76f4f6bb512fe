/** The intervals of one scenario in one table: a row for each system, a column for each quantity. */
import type { Finding, IntervalsBlock, TableBlock } from '../../../comparison/finding.ts'
import { claimWords, intervalText } from '../../words/interval-words.ts'

/** By scenario, in the order of the findings; scenarios without intervals are left out. */
export function intervalsByScenario(findings: readonly Finding[]): ReadonlyMap<string, TableBlock> {
  const all = findings.flatMap(({ scenario, blocks }) =>
    blocks.flatMap((block) => (block.kind === 'intervals' && scenario !== null ? [{ scenario, block }] : [])),
  )
  const grouped = Map.groupBy(all, ({ scenario }) => scenario)
  return new Map([...grouped].map(([scenario, own]) => [scenario, together(own.map(({ block }) => block))]))
}

function together(blocks: readonly IntervalsBlock[]): TableBlock {
  const names = [...new Set(blocks.flatMap(({ rows }) => rows.map(({ name }) => name)))]
  return {
    kind: 'table',
    title: '',
    columns: [
      { title: 'system', align: 'left' },
      ...blocks.map(({ quantity, reference }) => ({
        title: `${quantity}, ratio to ${reference}`,
        align: 'left' as const,
      })),
    ],
    rows: names.map((name) => [
      { text: name },
      ...blocks.map(({ rows }) => {
        const row = rows.find((each) => each.name === name)
        return { text: row ? `${intervalText(row)} ${claimWords[row.claim]}` : '–' }
      }),
    ]),
    caption: '',
  }
}
