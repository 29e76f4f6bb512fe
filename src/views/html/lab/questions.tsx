import type { ReactNode } from 'react'
import type { PageQuestion } from '../../../labs/session/page.ts'
import { givenText, judgedWords } from '../../words/lab-words.ts'

const tones = { right: 'good', wrong: 'bad', unknown: 'muted' } as const

/** Questions of a step with what was answered, and as soon as that is known what it came out as. */
export function Questions({ questions }: { readonly questions: readonly PageQuestion[] }): ReactNode {
  return (
    <dl className="asked">
      {questions.map((question) => (
        <div key={question.key}>
          <dt>
            {question.ask}
            {question.subject === '' ? null : <span className="muted">{` ${question.subject}`}</span>}
          </dt>
          <dd>
            <GivenAnswer question={question} />
            {question.judged === null ? null : <Judged state={question.judged} />}
            {question.why === '' ? null : <p>{question.why}</p>}
            {question.outcome === '' ? null : <p>It came out as “{question.outcome}”.</p>}
            {question.because === '' ? null : <p>{question.because}</p>}
          </dd>
        </div>
      ))}
    </dl>
  )
}

function GivenAnswer({ question }: { readonly question: PageQuestion }): ReactNode {
  const text = givenText(question)
  if (text === '') return <span className="muted">No answer.</span>
  return question.input.kind === 'text' ? <blockquote>{text}</blockquote> : <span>You said “{text}”. </span>
}

export function Judged({ state }: { readonly state: keyof typeof judgedWords }): ReactNode {
  return <strong className={tones[state]}>{judgedWords[state]}</strong>
}
