/** The report as one HTML file that opens by double click: nothing is loaded, everything is readable without a script. */
import { renderToStaticMarkup } from 'react-dom/server'
import type { Block, ChartBlock } from '../../comparison/finding.ts'
import type { ReportModel } from '../model.ts'
import { chartConfig } from './chart-config.ts'
import { chartImages } from './chart-image.ts'
import { clientScript } from './client-script.ts'
import { chartLibrary, embeddedJson, shownDeeply } from './embedded.ts'
import { Page } from './page.tsx'
import { stylesheet } from './stylesheet.ts'

/** Forbids everything that a captured body could want if it ever got out of its text: requests, frames, forms, plug-ins. */
const policy =
  "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"

/** The same model gives the same bytes on one machine. Throws where chart.js or its canvas are damaged. */
export async function renderHtml(model: ReportModel): Promise<string> {
  const shown = shownDeeply({ ...model, record: withoutRounds(model) })
  const charts = shown.findings.flatMap(({ blocks }) => blocks.filter(isChart))
  const [drawn, library] = await Promise.all([chartImages(charts.map(chartConfig)), chartLibrary()])
  const images = new Map(charts.map((chart, at) => [chart as Block, drawn[at]]))
  const markup = renderToStaticMarkup(
    <html lang="en">
      <head>
        <meta charSet="utf-8" />
        <meta httpEquiv="Content-Security-Policy" content={policy} />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>{`EdgeLab report: ${shown.record.id}`}</title>
        <Raw element="style" text={stylesheet} />
      </head>
      <body>
        <Page model={shown} images={images} />
        <Raw element="script" type="application/json" id="record" text={embeddedJson(model.record)} />
        <Raw element="script" text={library} />
        <Raw element="script" text={clientScript} />
      </body>
    </html>,
  )
  return `<!doctype html>\n${markup}\n`
}

/** Our own text or escaped JSON as the content of an element that knows no entities; never anything captured. */
function Raw({
  element: Element,
  text,
  ...attributes
}: {
  element: 'style' | 'script'
  text: string
  type?: string
  id?: string
}) {
  return <Element {...attributes} dangerouslySetInnerHTML={{ __html: text }} />
}

/** No part of the page shows rounds as they are, and their histograms are most of a record. */
function withoutRounds({ record }: ReportModel): ReportModel['record'] {
  return { ...record, scenarios: record.scenarios.map((scenario) => ({ ...scenario, rounds: [] })) }
}

function isChart(block: Block): block is ChartBlock {
  return block.kind === 'chart'
}
