import type { ReactNode } from 'react'
import type { TableBlock } from '../../../comparison/finding.ts'
import type { Lab } from '../../../labs/file/lab.ts'
import { freshStep } from '../../../labs/progress/progress.ts'
import type { StepPage } from '../../../labs/session/page.ts'
import { type Gap, gapSentences, gaps } from '../../evidence/gaps.ts'
import { confidenceWords, givenText, judgedWords } from '../../words/lab-words.ts'
import type { Pictures } from '../chart/chart-image.ts'
import { DataTable } from '../sections/data-table.tsx'
import type { LabReport } from './lab-report.ts'
import { LabProvenance } from './provenance.tsx'
import { StepSection } from './step-section.tsx'

/** The body of a lab's report: the most instructive gap on the first screen, then every step that was reached. */
export function LabPage({
  report,
  pictures,
}: {
  /** Already made showable: control characters spelled out. */
  readonly report: LabReport
  readonly pictures: Pictures
}): ReactNode {
  const { lab, pages, progress, edits, solutions, edgelab } = report
  const reached = reachedPages(report)
  return (
    <>
      <a className="skip" href="#answer">
        Skip to what there is to learn from it
      </a>
      <header>
        <p>
          <strong>EdgeLab</strong> <span className="muted">{`lab ${lab.number}, ${lab.title}`}</span>
        </p>
        <nav aria-label="Parts of the report">
          {reached.map(({ id, title }) => (
            <a key={id} href={`#step-${id}`}>
              {title}
            </a>
          ))}
          <a href="#provenance">Provenance</a>
        </nav>
        <button type="button" id="theme" hidden />
      </header>
      <main>
        <Answer report={report} />
        {reached.map((page) => (
          <StepSection
            key={page.id}
            page={page}
            tries={(progress.steps[page.id] ?? freshStep).tries}
            files={edits[page.id] ?? []}
            solutions={solutions[page.id] ?? []}
            shownIn={lookedAt(page, lab, reached)}
            pictures={pictures}
          />
        ))}
        <LabProvenance report={report} />
      </main>
      <footer>
        <p className="small">
          {`Made by EdgeLab ${edgelab} from ${reached.length} of ${pages.length} steps. Nothing on this page is loaded from anywhere else.`}
        </p>
      </footer>
    </>
  )
}

/** Steps that were finished or worked on; what comes later would give away what is still to be predicted. */
export function reachedPages({ pages, progress }: Pick<LabReport, 'pages' | 'progress'>): readonly StepPage[] {
  return pages.filter(({ id, done }) => done || id === progress.at)
}

/** The run that an observe step looks at, where that run is on the page. */
function lookedAt(page: StepPage, lab: Lab, reached: readonly StepPage[]): string | undefined {
  const step = lab.steps.find(({ id }) => id === page.id)
  return step?.type === 'observe' && reached.some(({ id }) => id === step.of) ? step.of : undefined
}

function Answer({ report }: { readonly report: LabReport }): ReactNode {
  const { lab, pages } = report
  const all = gaps(pages)
  const [lead, ...more] = gapSentences(all)
  const left = pages.filter(({ done }) => !done).length
  return (
    <section id="answer">
      <h1>{lab.question}</h1>
      <p className="lead">{lead}</p>
      {more.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
      {left === 0 ? null : (
        <p className="note info">
          <strong>Note.</strong>{' '}
          {`The lab is not finished: ${left} of ${pages.length} steps ${left === 1 ? 'is' : 'are'} left.`}
        </p>
      )}
      {all.length === 0 ? null : <DataTable table={gapTable(all)} />}
      <h2 className="minor">What the lab is about</h2>
      <ul>
        {lab.objectives.map((objective) => (
          <li key={objective}>{objective}</li>
        ))}
      </ul>
    </section>
  )
}

function gapTable(all: readonly Gap[]): TableBlock {
  const left = (title: string) => ({ title, align: 'left' as const })
  return {
    kind: 'table',
    title: 'What you predicted and what came out',
    columns: [left('question'), left('of'), left('you said'), left('how sure'), left('it came out as'), left('result')],
    rows: all.map(({ question, confidence }) => [
      { text: question.ask },
      { text: question.subject },
      { text: givenText(question) },
      { text: confidence === null ? '' : confidenceWords[confidence] },
      { text: question.outcome },
      question.judged === null
        ? { text: 'not seen yet' }
        : {
            text: judgedWords[question.judged],
            tone: ({ right: 'good', wrong: 'bad', unknown: 'muted' } as const)[question.judged],
          },
    ]),
    caption: 'Confident and wrong first: there is most to learn.',
  }
}
