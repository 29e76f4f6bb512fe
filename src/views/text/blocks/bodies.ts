/** Answers to one request, side by side where there is room, and where they differ. */
import type { BodiesBlock } from '../../../comparison/finding.ts'
import { type BodyLine, type ComparedBody, compareBodies } from '../../evidence/body-diff.ts'
import { type BlockOptions, padded, paint, shown, type TextOptions, wrapped, wrappedCode } from '../style.ts'

/** A body is cut to this many lines here; the record and the HTML report have all that was kept. */
const bodyLines = 14
/** A body that is the same as one before is shown again only where it is no longer than this. */
const longestRepeated = 4
/** Narrower than this, answers stand one below the other. */
const narrowestAnswer = 34

export function bodiesLines({ request, answers }: BodiesBlock, options: BlockOptions): string[] {
  const compared = compareBodies(answers.map(({ body }) => body))
  const told = compared.map((each) => differenceOf(each, answers))
  const asked = [
    ...wrapped(shown(request, options), options),
    ...(compared.some(differing) ? wrapped(`${differs(options)} ${differenceKey}`, options) : []),
  ]
  const gap = 2
  const width = Math.floor((options.columns - gap * (answers.length - 1)) / answers.length)
  const partsOf = (columns: number): AnswerLines[] =>
    answers.map((answer, at) => answerLines(answer, compared[at]!, told[at]!, { ...options, columns }))
  if (answers.length > 1 && width >= narrowestAnswer) {
    const parts = partsOf(width)
    // Bodies begin in the same row, however much stands above them.
    const rows = [
      ...beside(
        parts.map(({ head }) => head),
        width,
        gap,
      ),
      ...beside(
        parts.map(({ body }) => body),
        width,
        gap,
      ),
    ]
    return [...asked, '', ...rows]
  }
  return [...asked, ...partsOf(options.columns).flatMap(({ head, body }) => ['', ...head, ...body])]
}

function beside(columns: readonly (readonly string[])[], width: number, gap: number): string[] {
  return Array.from({ length: Math.max(...columns.map((lines) => lines.length)) }, (_, row) =>
    columns
      .map((lines) => padded(lines[row] ?? '', width))
      .join(' '.repeat(gap))
      .trimEnd(),
  )
}

/** What stands above a body, and the body. */
interface AnswerLines {
  readonly head: readonly string[]
  readonly body: readonly string[]
}

function answerLines(
  answer: BodiesBlock['answers'][number],
  compared: ComparedBody,
  difference: string,
  options: BlockOptions,
): AnswerLines {
  const { label, status, headers, remark } = answer
  const repeated = compared.against !== null && !differing(compared) && compared.lines.length > longestRepeated
  const lines = repeated
    ? []
    : compared.lines.length === 0
      ? ['  (no body)']
      : compared.lines.flatMap((line) => bodyLine(line, options))
  const most = options.bodyRows ?? bodyLines
  const left = lines.length - most
  const head = paint(shown(label, options), 'strong', options)
  return {
    head: [
      ...wrapped(`${head}  ${status === 0 ? 'no answer' : status}`, options),
      ...(remark === '' ? [] : wrapped(shown(remark, options), options)),
      ...(difference === '' ? [] : wrapped(shown(difference, options), options)),
      ...headers.flatMap(([name, value]) =>
        wrapped(shown(`${name}: ${value}`.replaceAll('\n', '\\n'), options), options, 2),
      ),
    ],
    body: [...lines.slice(0, most), ...(left > 0 ? [`  (${left} more ${left === 1 ? 'line' : 'lines'})`] : [])],
  }
}

function differing({ lines }: ComparedBody): boolean {
  return lines.some(({ mark }) => mark === 'other')
}

const differenceKey =
  'marks lines that are not in the answer a body is compared with. Bodies are laid out line by line.'

function differs({ unicode }: TextOptions): string {
  return unicode ? '≠' : '!'
}

function bodyLine({ text, mark }: BodyLine, options: TextOptions): string[] {
  const lines = wrappedCode(shown(text, options), options, 2)
  if (mark === 'same') return lines
  const [first = '', ...rest] = lines
  return [`${differs(options)} ${first.slice(2)}`, ...rest].map((line) => paint(line, 'bad', options))
}

/** `body line by line as from direct`, `3 of 91 lines of the body not as from direct`; empty without another to compare. */
function differenceOf({ lines, against }: ComparedBody, answers: BodiesBlock['answers']): string {
  if (against === null) return ''
  const other = lines.filter(({ mark }) => mark === 'other').length
  const label = answers[against]?.label ?? ''
  if (other > 0) return `${other} of ${lines.length} lines of the body not as from ${label}`
  return `body line by line as from ${label}`
}
