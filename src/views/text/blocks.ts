/** Every kind of evidence as lines of text. */
import type { Block, BodiesBlock, CodeBlock, NoteBlock } from '../../comparison/finding.ts'
import { chartLines } from './chart.ts'
import { type BlockOptions, padded, paint, shown, type TextOptions, wrapped, wrappedCode } from './style.ts'
import { tableLines } from './table.ts'

/** A body is cut to this many lines here; the record and the HTML report have all that was kept. */
const bodyLines = 14
/** Narrower than this, answers stand one below the other. */
const narrowestAnswer = 34

export function blockLines(block: Block, options: BlockOptions): string[] {
  switch (block.kind) {
    case 'table':
      return [
        ...titleLines(block.title, options),
        ...tableLines(block, options),
        ...captionLines(block.caption, options),
      ]
    case 'chart':
      return [...titleLines(block.title, options), ...chartLines(block, options)]
    case 'bodies':
      return [...titleLines(block.title, options), ...bodiesLines(block, options)]
    case 'code':
      return [...titleLines(block.title, options), ...codeLines(block, options)]
    case 'note':
      return noteLines(block, options)
    default:
      return block satisfies never
  }
}

function titleLines(title: string, options: TextOptions): string[] {
  return title === '' ? [] : wrapped(paint(shown(title, options), 'strong', options), options)
}

function captionLines(caption: string, options: TextOptions): string[] {
  return caption === '' ? [] : wrapped(shown(caption, options), options)
}

function codeLines({ text }: CodeBlock, options: TextOptions): string[] {
  return wrappedCode(shown(text, options).trimEnd(), options, 2)
}

function noteLines({ tone, text }: NoteBlock, options: TextOptions): string[] {
  const word = tone === 'warning' ? 'Caution: ' : 'Note: '
  return wrapped(`${paint(word, tone === 'warning' ? 'bad' : 'strong', options)}${shown(text, options)}`, options)
}

function bodiesLines({ request, answers }: BodiesBlock, options: BlockOptions): string[] {
  const asked = wrapped(shown(request, options), options)
  const gap = 2
  const width = Math.floor((options.columns - gap * (answers.length - 1)) / answers.length)
  if (answers.length > 1 && width >= narrowestAnswer) {
    const sides = answers.map((answer) => answerLines(answer, { ...options, columns: width }))
    const height = Math.max(...sides.map((lines) => lines.length))
    const rows = Array.from({ length: height }, (_, row) =>
      sides
        .map((lines) => padded(lines[row] ?? '', width))
        .join(' '.repeat(gap))
        .trimEnd(),
    )
    return [...asked, '', ...rows]
  }
  return [...asked, ...answers.flatMap((answer) => ['', ...answerLines(answer, options)])]
}

function answerLines(answer: BodiesBlock['answers'][number], options: TextOptions): string[] {
  const { label, status, headers, body, remark } = answer
  const lines = body === '' ? ['(no body)'] : wrappedCode(shown(body, options).trimEnd(), options, 2)
  const left = lines.length - bodyLines
  const head = paint(shown(label, options), 'strong', options)
  return [
    ...wrapped(`${head}  ${status === 0 ? 'no answer' : status}`, options),
    ...wrapped(shown(remark, options), options),
    ...headers.flatMap(([name, value]) =>
      wrapped(shown(`${name}: ${value}`.replaceAll('\n', '\\n'), options), options, 2),
    ),
    ...lines.slice(0, bodyLines),
    ...(left > 0 ? [`  (${left} more ${left === 1 ? 'line' : 'lines'})`] : []),
  ]
}
