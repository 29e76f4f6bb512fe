/** The report as one HTML file that opens by double click. */
import type { Block } from '../../comparison/finding.ts'
import type { ReportModel } from '../model.ts'
import { drawnCharts } from './chart-image.ts'
import { renderDocument } from './document.tsx'
import { shownDeeply } from './embedded.ts'
import { Page } from './page.tsx'

/** The same model gives the same bytes on one machine. Throws where chart.js or its canvas are damaged. */
export async function renderHtml(model: ReportModel): Promise<string> {
  const shown = shownDeeply({ ...model, record: withoutRounds(model) })
  const blocks: readonly Block[] = shown.findings.flatMap((finding) => finding.blocks)
  const images = await drawnCharts(blocks)
  return renderDocument({
    title: `EdgeLab report: ${shown.record.id}`,
    body: <Page model={shown} images={images} />,
    data: model.record,
    charts: images.size > 0,
  })
}

/** No part of the page shows rounds as they are, and their histograms are most of a record. */
function withoutRounds({ record }: ReportModel): ReportModel['record'] {
  return { ...record, scenarios: record.scenarios.map((scenario) => ({ ...scenario, rounds: [] })) }
}
