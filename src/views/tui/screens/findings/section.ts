/** A part of a page: lines, and what the keys do with it while it is in view. */
import type { Block } from '../../../../comparison/finding.ts'
import type { Request } from '../../../../http/request.ts'
import { blockLines } from '../../../text/blocks/blocks.ts'
import { type BlockOptions, paint, shown, wrapped } from '../../../text/style.ts'

export interface Section {
  /** Unique on its page, so that an unfolded one stays unfolded. */
  readonly key: string
  readonly lines: readonly string[]
  /** It has more than is shown: `e` shows all of it. */
  readonly folds: boolean
  /** What `y` copies. */
  readonly sent?: Request
}

export interface PageOptions extends BlockOptions {
  /** Keys of the sections that are shown in full. */
  readonly unfolded: ReadonlySet<string>
}

/** A block; bodies are cut until they are unfolded. */
export function blockSection(key: string, block: Block, options: PageOptions): Section {
  if (block.kind !== 'bodies') return { key, lines: blockLines(block, options), folds: false }
  const cut = blockLines(block, options)
  const whole = blockLines(block, { ...options, bodyRows: Number.POSITIVE_INFINITY })
  const lines = options.unfolded.has(key) ? whole : cut
  const base = { key, lines, folds: whole.length > cut.length }
  return block.sent ? { ...base, sent: block.sent } : base
}

/** Sentences, the first one as the answer that could stand alone. */
export function sentencesSection(
  key: string,
  sentences: readonly string[],
  options: PageOptions,
  tone: 'strong' | undefined = 'strong',
): Section {
  const [answer = '', ...more] = sentences
  const lines = [
    ...wrapped(paint(shown(answer, options), tone, options), options),
    ...more.flatMap((sentence) => wrapped(shown(sentence, options), options)),
  ]
  return { key, lines, folds: false }
}

/** All lines of a page with a blank one between sections, and where each section begins. */
export function laidOut(sections: readonly Section[]): {
  readonly lines: readonly string[]
  readonly starts: readonly number[]
} {
  const lines: string[] = []
  const starts: number[] = []
  for (const section of sections) {
    if (lines.length > 0) lines.push('')
    starts.push(lines.length)
    lines.push(...section.lines)
  }
  return { lines, starts }
}

/** The first section in a window that has what is asked for. */
export function sectionInView(
  sections: readonly Section[],
  from: number,
  height: number,
  has: (section: Section) => boolean,
): Section | undefined {
  const { starts } = laidOut(sections)
  return sections.find((section, at) => {
    const start = starts[at] as number
    return has(section) && start < from + height && start + section.lines.length > from
  })
}
