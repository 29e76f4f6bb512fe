import type { ReactNode } from 'react'
import type { Block } from '../../../comparison/finding.ts'
import type { EditedFile } from '../../../labs/session/ending/edits.ts'
import type { Solution } from '../../../labs/session/ending/ending.ts'
import type { StepPage } from '../../../labs/session/page.ts'
import { confidenceWords, stepWords } from '../../words/lab-words.ts'
import type { Pictures } from '../chart/chart-image.ts'
import { Evidence } from '../sections/evidence.tsx'
import { Markdown } from './markdown.tsx'
import { Questions } from './questions.tsx'
import { Task } from './task.tsx'

/** One step as the learner left it. */
export function StepSection({
  page,
  tries,
  files,
  solutions,
  shownIn,
  pictures,
}: {
  readonly page: StepPage
  readonly tries: number
  /** Of a task. */
  readonly files: readonly EditedFile[]
  readonly solutions: readonly Solution[]
  /** The run step whose evidence this step looks at again, where it stands on the page already. */
  readonly shownIn: string | undefined
  readonly pictures: Pictures
}): ReactNode {
  const { type, title, number, text, questions, confidence, model } = page
  return (
    <section id={`step-${page.id}`}>
      <h2>{`${number}. ${title}`}</h2>
      <p className="question">{`${stepWords[type]}${page.done ? '' : ', not finished'}`}</p>
      {text === '' ? null : (
        <details open={type !== 'read'}>
          <summary>The text of this step</summary>
          <Markdown text={text} />
        </details>
      )}
      {questions.length === 0 ? null : <Questions questions={questions} />}
      {confidence?.chosen ? <p>Sure of it: {confidenceWords[confidence.chosen]}.</p> : null}
      {shownIn === undefined ? (
        <Results page={page} pictures={pictures} />
      ) : (
        <p>
          What was looked at stands in <a href={`#step-${shownIn}`}>the run itself</a>.
        </p>
      )}
      {model === '' ? null : (
        <>
          <h3>The explanation</h3>
          <Markdown text={model} />
        </>
      )}
      {type === 'task' ? <Task page={page} tries={tries} files={files} solutions={solutions} /> : null}
    </section>
  )
}

/** What a run showed, and the sentences that were chosen by it. */
function Results({ page, pictures }: { readonly page: StepPage; readonly pictures: Pictures }): ReactNode {
  const { blocks, outcomes, more } = page
  return (
    <>
      <Blocks blocks={blocks} pictures={pictures} />
      <Sentences sentences={outcomes} />
      {more.map(({ title, verdict, blocks: all }) => (
        <details key={title}>
          <summary>{`The whole finding: ${title}`}</summary>
          <Sentences sentences={verdict} />
          <Blocks blocks={all} pictures={pictures} />
        </details>
      ))}
    </>
  )
}

function Blocks({ blocks, pictures }: { readonly blocks: readonly Block[]; readonly pictures: Pictures }): ReactNode {
  return blocks.map((block, at) => <Evidence key={at} block={block} pictures={pictures} />)
}

function Sentences({ sentences }: { readonly sentences: readonly string[] }): ReactNode {
  return sentences.map((sentence) => (
    <div key={sentence} className="outcome">
      <Markdown text={sentence} />
    </div>
  ))
}
