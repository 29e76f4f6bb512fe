/** What a room predicted, saw and learned, as one HTML file that opens by double click. */
import type { ReactNode } from 'react'
import type { LabResult, RoomReport } from '../../../workshop/summary/report.ts'
import { counted } from '../../text/workshop/words.ts'
import { renderDocument } from '../document.tsx'
import { shownDeeply } from '../embedded.ts'
import { DataTable } from '../sections/data-table.tsx'
import { Facts } from '../sections/facts.tsx'
import { Hatching, Histogram, histogramStyle } from './histogram.tsx'
import { leadSentences } from './room-sentences.ts'
import { mostWrongTable, peopleTable, resultsTable, stepsTable, surenessTable, teamsTable } from './room-tables.ts'

export interface RoomPage {
  readonly report: RoomReport
  /** EdgeLab’s version. */
  readonly edgelab: string
  /** ISO time. */
  readonly madeAt: string
  readonly hasNames: boolean
}

/** The same page gives the same bytes. */
export function renderRoomHtml(page: RoomPage): Promise<string> {
  const { report } = page
  return renderDocument({
    title: `EdgeLab workshop: ${shownDeeply(report.workshop.title)}`,
    body: <Page page={shownDeeply(page)} />,
    data: { formatVersion: 1, ...report },
    charts: false,
    style: histogramStyle + roomStyle,
  })
}

function Page({ page }: { readonly page: RoomPage }): ReactNode {
  const { report, edgelab } = page
  const { workshop, labs } = report
  const held = labs.filter(({ steps }) => steps.some(({ begun }) => begun > 0))
  return (
    <>
      <a className="skip" href="#answer">
        Skip to what the room learned
      </a>
      <header>
        <p>
          <strong>EdgeLab</strong> <span className="muted">{`workshop ${workshop.title}`}</span>
        </p>
        <nav aria-label="Parts of the report">
          {held.map(({ id, title }) => (
            <a key={id} href={`#lab-${id}`}>
              {title}
            </a>
          ))}
          <a href="#sure">How sure they were</a>
          <a href="#people">People</a>
          <a href="#provenance">Provenance</a>
        </nav>
        <button type="button" id="theme" hidden />
      </header>
      <Hatching />
      <main>
        <Answer report={report} />
        {held.map((lab) => (
          <LabSection key={lab.id} lab={lab} />
        ))}
        <section id="sure">
          <h2>How sure they were</h2>
          <p>
            Who is sure and wrong has most to learn; a room that knows what it knows is right more often the surer it
            is.
          </p>
          <DataTable table={surenessTable(report)} quiet />
        </section>
        <section id="people">
          <h2>People</h2>
          {report.teams.length === 0 ? null : <DataTable table={teamsTable(report)} />}
          <DataTable table={peopleTable(report)} />
        </section>
        <Provenance page={page} />
      </main>
      <footer>
        <p className="small">
          {`Made by EdgeLab ${edgelab} from the journal of one workshop. Nothing on this page is loaded from anywhere else.`}
        </p>
      </footer>
    </>
  )
}

function Answer({ report }: { readonly report: RoomReport }): ReactNode {
  const [lead, ...more] = leadSentences(report)
  const table = mostWrongTable(report)
  return (
    <section id="answer">
      <h1>{report.workshop.title}</h1>
      <p className="lead">{lead}</p>
      {more.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
      {table.rows.length === 0 ? null : <DataTable table={table} />}
    </section>
  )
}

function LabSection({ lab }: { readonly lab: LabResult }): ReactNode {
  const { id, number, title, steps, questions } = lab
  const asked = Map.groupBy(
    questions.filter(({ answered }) => answered > 0),
    ({ step, key }) => `${step}/${key.split('.')[0]}`,
  )
  return (
    <section id={`lab-${id}`}>
      <h2>{`Lab ${number} · ${title}`}</h2>
      <DataTable table={resultsTable(lab)} />
      {[...asked].map(([key, parts]) => {
        const [{ ask, stepTitle, stepType, tally }] = parts as [LabResult['questions'][number]]
        const outcomes =
          stepType === 'quiz' ? 'marked' : parts.some(({ tally: { outcomes } }) => outcomes > 0) ? 'bars' : 'hidden'
        return (
          <figure key={key}>
            <figcaption>
              <strong>{ask}</strong>
              <span className="small">{`${stepTitle} · ${counted(tally.answers, 'answer')}`}</span>
            </figcaption>
            <Histogram
              caption={ask}
              parts={parts.map((part) => part.tally)}
              given={stepType === 'predict' ? 'predicted' : 'answered'}
              outcomes={outcomes}
            />
          </figure>
        )
      })}
      <DataTable table={stepsTable(steps)} />
    </section>
  )
}

function Provenance({ page }: { readonly page: RoomPage }): ReactNode {
  const { report, edgelab, madeAt, hasNames } = page
  const { id, startedAt } = report.workshop
  const facts: readonly (readonly [string, string])[] = [
    ['Workshop', id],
    ['Begun', startedAt],
    ['Report', madeAt],
    ['EdgeLab', edgelab],
    ['Names', hasNames ? 'as people gave them' : 'left out; the numbers say nothing about who came when'],
  ]
  return (
    <section id="provenance">
      <h2>Provenance</h2>
      <Facts facts={facts} />
      <p>
        Every answer is held against the runs of the machine on which it was given. What came out may differ from one
        machine to another; where it does, the bars show it.
      </p>
      <p>
        <button type="button" id="save" data-file={`edgelab-workshop-${id}.json`} hidden>
          Save results
        </button>
      </p>
    </section>
  )
}

const roomStyle = `
main .histogram { max-width: 60rem; font-size: .9375rem; }
main .histogram tbody tr { border-bottom: 0; }
main .histogram tbody th { font-weight: 400; }

main .histogram thead th { max-width: none; border-bottom: 0; }
`
