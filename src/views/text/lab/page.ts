/** A step as appended lines, for a pipe, a script and a screen reader: no boxes, nothing by colour alone. */
import type { PageQuestion, StepPage } from '../../../labs/page.ts'
import { confidenceWords, givenText, judgedWords } from '../../lab-words.ts'
import { blockLines } from '../blocks.ts'
import { markdownLines } from '../steps-markdown.ts'
import { paint, ruleLine, shown, type TextOptions, wrapped } from '../style.ts'
import { verdictLines } from './verdicts.ts'

/** All that the page shows now. Questions that are still open come without their options: who asks names them. */
export function pageLines(page: StepPage, options: TextOptions): string[] {
  const parts = [
    headLines(page, options),
    markdownLines(page.text, options),
    ...page.blocks.map((block) => blockLines(block, options)),
    page.outcomes.flatMap((outcome) => markdownLines(outcome, options)),
    ...page.questions.filter(({ given }) => given !== null).map((question) => answeredLines(question, page, options)),
    markdownLines(page.model, options),
    fileLines(page, options),
    verdictLines(page.verdicts, options),
    ...page.hints.map((hint) => hintLines(hint, options)),
  ]
  return parts.filter((lines) => lines.length > 0).flatMap((lines, at) => (at === 0 ? lines : ['', ...lines]))
}

/** `The first hint` and its text. */
export function hintLines(hint: string, options: TextOptions): string[] {
  return [...wrapped(paint('Hint', 'strong', options), options), ...markdownLines(hint, options)]
}

/** A question with its subject: `What comes back? (nginx)` */
export function askLines({ ask, subject }: PageQuestion, options: TextOptions): string[] {
  const text = subject === '' ? ask : `${ask} (${subject})`
  return wrapped(paint(shown(text, options), 'strong', options), options)
}

function headLines({ number, of, title, done, skipped }: StepPage, options: TextOptions): string[] {
  const state = skipped ? ' (skipped: the solution was applied)' : done ? ' (done)' : ''
  const text = shown(`Step ${number} of ${of}: ${title}${state}`, options)
  return [ruleLine(options), ...wrapped(paint(text, 'heading', options), options)]
}

function fileLines({ files }: StepPage, options: TextOptions): string[] {
  if (files.length === 0) return []
  return [
    ...wrapped(files.length === 1 ? 'The file to edit:' : 'The files to edit:', options),
    // Whole: a path that is wrapped cannot be copied.
    ...files.map((file) => `  ${shown(file, options)}`),
  ]
}

function answeredLines(question: PageQuestion, { committed, confidence }: StepPage, options: TextOptions): string[] {
  const { judged, outcome, why } = question
  const sure = confidence?.chosen ? ` (how sure: ${confidenceWords[confidence.chosen]})` : ''
  const lines = [
    `You said: ${givenText(question)}${sure}${committed ? '' : ' (not committed yet)'}`,
    ...(judged === null ? [] : [judgedWords[judged]]),
    ...(outcome === '' || judged === 'right' ? [] : [`It came out as: ${outcome}`]),
    ...(why === '' ? [] : [why]),
  ]
  return [...askLines(question, options), ...lines.flatMap((line) => wrapped(shown(line, options), options, 2))]
}
