import type { ReactNode } from 'react'
import type { ChartBlock } from '../../../comparison/finding.ts'
import { chartTable } from '../../tables/chart-table.ts'
import { embeddedJson } from '../embedded.ts'
import { DataTable } from '../sections/data-table.tsx'
import { chartConfig } from './chart-config.ts'
import type { Pictures } from './chart-image.ts'

/** Longer tables of numbers begin folded. */
const openRows = 12

/** A chart thrice: as a picture for where no script runs, as data for the script that draws it, and as numbers. */
export function ChartFigure({
  chart,
  pictures: { images, looks },
}: {
  readonly chart: ChartBlock
  readonly pictures: Pictures
}): ReactNode {
  const image = images.get(chart)
  const numbers = chartTable(chart)
  return (
    <figure>
      <figcaption>
        <strong>{chart.title}</strong>
        <span>{chart.summary}</span>
      </figcaption>
      <div className="plot" role="img" aria-label={`${chart.title}. ${chart.summary}`}>
        {image ? (
          <img src={image} alt="" width={760} height={340} />
        ) : (
          <p className="small without-font">
            No picture: the machine that made this report has no font to label it with. The numbers are below.
          </p>
        )}
        <script type="application/json" dangerouslySetInnerHTML={{ __html: embeddedJson(chartConfig(chart, looks)) }} />
      </div>
      <details open={numbers.rows.length <= openRows}>
        <summary>The numbers</summary>
        <DataTable table={numbers} quiet />
      </details>
    </figure>
  )
}
