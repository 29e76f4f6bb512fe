/** The histogram of a question in lines: what was answered, and beside it how the room's own runs came out. */
import stringWidth from 'string-width'
import type { TallyPart } from '../../../workshop/summary/tally.ts'
import { padded, shown, type TextOptions, wrapped } from '../style.ts'

/** `answered` and `came out` are told apart by their columns; every bar has its number. */
export function tallyLines(parts: readonly TallyPart[], options: TextOptions): readonly string[] {
  return parts.flatMap((part) => partLines(part, options))
}

function partLines({ subject, bins, answers, outcomes, right, judged }: TallyPart, options: TextOptions): string[] {
  const score = judged === 0 ? 'no outcome known yet' : `${right} right of ${judged}`
  const about = subject === '' ? '' : `${subject}: `
  const head = wrapped(shown(`${about}${answers} answered, ${score}`, options), options)
  if (bins.length === 0) return head
  const labels = bins.map(({ label }) => shown(label, options))
  const most = Math.max(1, ...bins.flatMap((bin) => [bin.answers, bin.outcomes]))
  const numberWidth = String(most).length
  const longest = Math.max(...labels.map((label) => stringWidth(label)))
  const columns = outcomes === 0 ? 1 : 2
  // Bars want ten cells at least; labels that leave less are cut.
  const labelWidth = Math.min(longest, options.columns - columns * (numberWidth + 13) - 2)
  const barWidth = Math.min(30, Math.floor((options.columns - labelWidth - 2) / columns) - numberWidth - 3)
  const bar = (count: number): string => {
    const cells = count === 0 ? 0 : Math.max(1, Math.round((count / most) * barWidth))
    return `${padded(String(count), numberWidth, 'right')} ${padded((options.unicode ? '█' : '#').repeat(cells), barWidth)}`
  }
  const titles = ['answered', ...(columns === 2 ? ['came out'] : [])]
  const heading = titles.map((title) => padded(title, numberWidth + 1 + barWidth)).join('  ')
  return [
    ...head,
    `${' '.repeat(labelWidth + 2)}${heading}`.trimEnd(),
    ...bins.map((bin, at) => {
      const bars = [bar(bin.answers), ...(columns === 2 ? [bar(bin.outcomes)] : [])].join('  ')
      return `${padded(cut(labels[at]!, labelWidth, options), labelWidth)}  ${bars}`.trimEnd()
    }),
  ]
}

function cut(label: string, columns: number, { unicode }: Pick<TextOptions, 'unicode'>): string {
  if (stringWidth(label) <= columns) return label
  const ellipsis = unicode ? '…' : '...'
  let kept = ''
  for (const character of label) {
    if (stringWidth(kept + character) > columns - ellipsis.length) break
    kept += character
  }
  return kept.trimEnd() + ellipsis
}
