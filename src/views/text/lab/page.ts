/** A step as appended lines, for a pipe, a script and a screen reader: no boxes, nothing by colour alone. */
import type { PageQuestion, StepPage } from '../../../labs/session/page.ts'
import { confidenceWords, givenText, judgedWords } from '../../words/lab-words.ts'
import { blockLines } from '../blocks/blocks.ts'
import { type BlockOptions, paint, ruleLine, shown, type TextOptions, wrapped } from '../style.ts'
import { markdownLines } from './steps-markdown.ts'
import { verdictLines } from './verdicts.ts'

/** On arrival: what there is to read, to look at and to edit. Open questions are asked by the dialogue. */
export function openingLines(page: StepPage, options: BlockOptions): string[] {
  return paragraphs([
    headLines(page, options),
    markdownLines(page.text, options),
    ...page.blocks.map((block) => blockLines(block, options)),
    ...sayingLines(page, options),
    fileLines(page, options),
    // Those of an open task are judged anew.
    page.done ? verdictLines(page.verdicts, options) : [],
    ...page.hints.map((hint) => hintLines(hint, options)),
  ])
}

/** After a run or a commit: what is new on the page. */
export function resultLines(page: StepPage, options: BlockOptions): string[] {
  const blocks = page.type === 'run' ? page.blocks.map((block) => blockLines(block, options)) : []
  return paragraphs([...blocks, ...sayingLines(page, options)])
}

function sayingLines(page: StepPage, options: TextOptions): string[][] {
  return [
    page.outcomes.flatMap((outcome) => markdownLines(outcome, options)),
    ...page.questions.filter(({ given }) => given !== null).map((question) => answeredLines(question, page, options)),
    markdownLines(page.model, options),
  ]
}

function paragraphs(parts: readonly (readonly string[])[]): string[] {
  return parts.filter((lines) => lines.length > 0).flatMap((lines, at) => (at === 0 ? [...lines] : ['', ...lines]))
}

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
  const { judged, outcome, why, because } = question
  const sure = confidence?.chosen ? ` (how sure: ${confidenceWords[confidence.chosen]})` : ''
  const lines = [
    `You said: ${givenText(question)}${sure}${committed ? '' : ' (not committed yet)'}`,
    ...(judged === null ? [] : [judgedWords[judged]]),
    ...(why === '' ? [] : [why]),
    ...(outcome === '' || judged === 'right' ? [] : [`It came out as: ${outcome}`]),
    ...(because === '' ? [] : [because]),
  ]
  return [...askLines(question, options), ...lines.flatMap((line) => wrapped(shown(line, options), options, 2))]
}
