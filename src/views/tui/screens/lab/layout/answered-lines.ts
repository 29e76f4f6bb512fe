/** The questions of a step once they are locked. */
import type { PageQuestion, StepPage } from '../../../../../labs/session/page.ts'
import { paint, shown, type TextOptions, wrapped } from '../../../../text/style.ts'
import { confidenceWords, givenText, judgedWords } from '../../../../words/lab-words.ts'

/** What was answered, and as soon as that may be known what it came out as. */
export function answeredLines(page: StepPage, options: TextOptions): readonly string[] {
  if (!page.committed || page.questions.length === 0) return []
  const sure = page.confidence?.chosen ? `How sure you were: ${confidenceWords[page.confidence.chosen]}. ` : ''
  const locked = `${sure}Your ${page.questions.length === 1 ? 'answer is' : 'answers are'} locked.`
  const answers = page.questions.flatMap((question, at) => {
    const repeated = page.questions[at - 1]?.ask === question.ask
    const ask = repeated ? [] : wrapped(paint(shown(question.ask, options), 'strong', options), options)
    return [...(at === 0 || repeated ? [] : ['']), ...ask, ...answerLines(question, options)]
  })
  return [...answers, '', ...wrapped(shown(locked, options), options)]
}

function answerLines(question: PageQuestion, options: TextOptions): string[] {
  const { subject, judged, outcome, why, because } = question
  const of = subject === '' ? '' : `${subject}: `
  const verdict = judged === null ? '' : `  ${judgedWords[judged]}`
  const came = outcome !== '' && judged === 'wrong' ? `It was: ${outcome}.` : ''
  const tone = judged === 'right' ? 'good' : judged === 'wrong' ? 'bad' : undefined
  const said = `${shown(`${of}you said: ${givenText(question)}`, options)}${paint(shown(verdict, options), tone, options)}`
  const more = [why, came, because].filter((text) => text !== '')
  return [said, ...more.map((text) => shown(text, options))].flatMap((text) => wrapped(text, options, 2))
}
