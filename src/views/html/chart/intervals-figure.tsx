import type { ReactNode } from 'react'
import type { IntervalsBlock } from '../../../comparison/finding.ts'
import type { Looks } from '../../evidence/looks.ts'
import { intervalsTable } from '../../tables/intervals-table.ts'
import { floorWords } from '../../words/interval-words.ts'
import { DataTable } from '../sections/data-table.tsx'
import { IntervalsPicture } from './intervals-picture.tsx'

/** Ratios as dots with whiskers, and as numbers. Vector in the page itself: no script, any theme, sharp in print. */
export function IntervalsFigure({
  block,
  looks,
}: {
  readonly block: IntervalsBlock
  readonly looks: Looks
}): ReactNode {
  return (
    <figure>
      <figcaption>
        <strong>{block.title}</strong>
        <span>{block.summary}</span>
      </figcaption>
      {block.rows.length === 0 ? null : <IntervalsPicture block={block} looks={looks} />}
      {[floorWords(block), block.caption]
        .filter((text) => text !== '')
        .map((text) => (
          <p key={text} className="small">
            {text}
          </p>
        ))}
      <details>
        <summary>The numbers</summary>
        <DataTable table={{ ...intervalsTable(block), caption: '' }} quiet />
      </details>
    </figure>
  )
}
