/** What a learner predicted, saw, answered and changed in a lab, as one HTML file that opens by double click. */
import { looksOfCast } from '../../evidence/looks.ts'
import { picturesOf } from '../chart/chart-image.ts'
import { renderDocument } from '../document.tsx'
import { shownDeeply } from '../embedded.ts'
import type { LabReport } from './lab-report.ts'
import { LabPage, reachedPages } from './page.tsx'

/** The same report gives the same bytes on one machine. Throws where chart.js or its canvas are damaged. */
export async function renderLabHtml(report: LabReport): Promise<string> {
  const shown = shownDeeply(report)
  const pictures = await picturesOf(
    reachedPages(shown).flatMap(({ blocks, more }) => [...blocks, ...more.flatMap((finding) => finding.blocks)]),
    looksOfCast(shown.cast),
  )
  return renderDocument({
    title: `EdgeLab lab ${shown.lab.number}: ${shown.lab.title}`,
    body: <LabPage report={shown} pictures={pictures} />,
    data: { lab: report.lab.id, cast: report.cast, progress: report.progress },
    charts: pictures.images.size > 0,
  })
}
