/** The end of a finished lab as lines: what was to be learned, what came out, how the tasks are solved. */
import type { EditedFile } from '../../../labs/session/ending/edits.ts'
import type { LabEnding, Solution, TaskEnding } from '../../../labs/session/ending/ending.ts'
import type { StepPage } from '../../../labs/session/page.ts'
import { type Gap, gapSentences, gaps } from '../../evidence/gaps.ts'
import { type DiffLine, lineDiff } from '../../evidence/line-diff.ts'
import { givenText } from '../../words/lab-words.ts'
import { paint, shown, type TextOptions, wrapped, wrappedCode } from '../style.ts'

/** `pages`: of every step. */
export function endingLines(
  { objectives, tasks }: LabEnding,
  pages: readonly StepPage[],
  options: TextOptions,
): readonly string[] {
  return paragraphs([
    learnedLines(objectives, options),
    predictionLines(pages, options),
    ...tasks.map((task) => taskLines(task, pages.find(({ id }) => id === task.step)!, options)),
  ])
}

function learnedLines(objectives: readonly string[], options: TextOptions): readonly string[] {
  if (objectives.length === 0) return []
  return [heading('What you learned', options), ...objectives.flatMap((objective) => item(objective, options))]
}

/** Those that came out as they were predicted are counted; the others are worth another look. */
function predictionLines(pages: readonly StepPage[], options: TextOptions): readonly string[] {
  const all = gaps(pages)
  if (all.length === 0) return []
  const [sentence = ''] = gapSentences(all).slice(-1)
  const wrong = all.filter(({ question }) => question.judged === 'wrong')
  return [
    heading('Your predictions', options),
    ...wrapped(shown(sentence, options), options),
    ...wrong.flatMap((gap) => item(gapWords(gap), options)),
  ]
}

function gapWords({ question, confidence }: Gap): string {
  const of = question.subject === '' ? '' : ` (${question.subject})`
  const sure = confidence === 3 ? ', and were very sure' : ''
  return `${question.ask}${of} You said “${givenText(question)}”${sure}; it was “${question.outcome}”.`
}

function taskLines({ own, solutions }: TaskEnding, page: StepPage, options: TextOptions): readonly string[] {
  const [reference, ...others] = solutions
  const isKnown = solutions.some(({ isOwn }) => isOwn)
  return paragraphs([
    [heading(`Task: ${page.title}`, options)],
    ...(reference ? [solutionLines(referenceWords(reference, page), reference.files, options)] : []),
    ...others.map((other) => solutionLines(otherWords(other), other.files, options)),
    ...(page.skipped || isKnown || own.length === 0 ? [] : [solutionLines('What you changed', own, options)]),
  ])
}

function referenceWords({ isOwn }: Solution, { skipped }: StepPage): string {
  if (skipped) return 'The solution, which was applied for you'
  return isOwn ? 'The solution, and yours' : 'A solution'
}

function otherWords({ name, isOwn }: Solution): string {
  return `Another way: ${name.replaceAll('-', ' ')}${isOwn ? ', and yours' : ''}`
}

function solutionLines(title: string, files: readonly EditedFile[], options: TextOptions): readonly string[] {
  return [
    ...wrapped(paint(shown(title, options), 'strong', options), options),
    ...files.flatMap(({ path, before, after }) => [
      ...wrapped(shown(path, options), options, 2),
      ...lineDiff(before, after).flatMap((line) => diffLines(line, options)),
    ]),
  ]
}

const signs = { same: ' ', added: '+', removed: '-' } as const
const tones = { same: undefined, added: 'good', removed: 'bad' } as const

function diffLines({ kind, text }: DiffLine, options: TextOptions): readonly string[] {
  if (kind === 'skipped') return [`    (${text} unchanged ${text === '1' ? 'line' : 'lines'})`]
  const code = wrappedCode(shown(text, options), { columns: options.columns - 4 })
  return code.map((line) => paint(`  ${signs[kind]} ${line}`.trimEnd(), tones[kind], options))
}

function heading(text: string, options: TextOptions): string {
  return paint(shown(text, options), 'heading', options)
}

function item(text: string, options: TextOptions): string[] {
  const [first = '', ...rest] = wrapped(shown(text, options), { columns: options.columns - 2 })
  return [`${options.unicode ? '•' : '*'} ${first}`, ...rest.map((line) => `  ${line}`)]
}

function paragraphs(parts: readonly (readonly string[])[]): string[] {
  return parts.filter((lines) => lines.length > 0).flatMap((lines, at) => (at === 0 ? [...lines] : ['', ...lines]))
}
