/** The report as one HTML file that opens by double click. */
import type { Block } from '../../comparison/finding.ts'
import { looksOf } from '../evidence/looks.ts'
import type { ReportModel } from '../model.ts'
import { picturesOf } from './chart/chart-image.ts'
import { renderDocument } from './document.tsx'
import { shownDeeply } from './embedded.ts'
import { Page } from './page.tsx'

/** The same model gives the same bytes on one machine. Throws where chart.js or its canvas are damaged. */
export async function renderHtml(model: ReportModel): Promise<string> {
  const shown = shownDeeply({ ...model, record: withoutSeries(model) })
  const blocks: readonly Block[] = shown.findings.flatMap((finding) => finding.blocks)
  const pictures = await picturesOf(blocks, looksOf(shown.record))
  return renderDocument({
    title: `EdgeLab report: ${shown.record.id}`,
    body: <Page model={shown} pictures={pictures} />,
    data: model.record,
    charts: pictures.images.size > 0,
  })
}

/** The page needs to know how many rounds there were and which are doubtful; what they are large by it never shows. */
function withoutSeries({ record }: ReportModel): ReportModel['record'] {
  const bare = { seconds: [], slots: [], lateness: '', origins: [], samples: [] }
  return {
    ...record,
    scenarios: record.scenarios.map((scenario) => ({
      ...scenario,
      rounds: scenario.rounds.map((round) => ({ ...round, ...bare })),
    })),
  }
}
