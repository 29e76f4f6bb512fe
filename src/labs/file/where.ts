/**
 * `{{where proxy is nginx, nginx-njs}} … {{otherwise}} … {{end}}` in the texts of a lab: what stands there is shown where
 * one of these systems plays the role, or where none of them does. Blocks do not stand in each other.
 */
import { bracedIn } from '../../systems/own-configuration/placeholders.ts'

interface Mark {
  readonly word: 'where' | 'otherwise' | 'end'
  /** Of `where`, as it was written; empty of the others. */
  readonly role: string
  readonly systems: readonly string[]
  /** From here to there it is taken out: with the rest of its line where it has one of its own. */
  readonly from: number
  readonly to: number
}

export function isMark(word: string | undefined): word is Mark['word'] {
  return word === 'where' || word === 'otherwise' || word === 'end'
}

/** The text as it is shown where `systemOf` says who plays. Marks that belong to no block stay as they were written. */
export function shownWhere(text: string, systemOf: (role: string) => string | undefined): string {
  let shown = ''
  let at = 0
  for (const { open, middle, close } of blocksIn(text)) {
    const plays = open.systems.includes(systemOf(open.role) ?? '')
    const kept = plays ? text.slice(open.to, (middle ?? close).from) : middle ? text.slice(middle.to, close.from) : ''
    shown += text.slice(at, open.from) + kept
    // Of two spaces around a block of which nothing is shown, one is enough.
    const isDouble = kept === '' && shown.endsWith(' ') && text[close.to] === ' '
    at = close.to + (isDouble ? 1 : 0)
  }
  return shown + text.slice(at)
}

interface Block {
  readonly open: Mark
  readonly middle: Mark | undefined
  readonly close: Mark
}

function blocksIn(text: string): readonly Block[] {
  const blocks: Block[] = []
  let open: Mark | undefined
  let middle: Mark | undefined
  for (const mark of marksIn(text)) {
    if (mark.word === 'where') [open, middle] = [mark, undefined]
    else if (mark.word === 'otherwise') middle ??= mark
    else if (open) {
      blocks.push({ open, middle, close: mark })
      open = undefined
    }
  }
  return blocks
}

/** A system by its role, as blocks name them, with where that stands. */
export interface Named {
  readonly at: number
  readonly role: string
  readonly systems: readonly string[]
}

/** Every role and its systems that blocks speak of; and in words what is wrong with the marks. */
export function blockNames(text: string): {
  readonly named: readonly Named[]
  readonly wrong: readonly { readonly at: number; readonly message: string }[]
} {
  const wrong: { at: number; message: string }[] = []
  const named: Named[] = []
  let open: Mark | undefined
  let hasOtherwise = false
  for (const mark of marksIn(text)) {
    const say = (message: string): void => void wrong.push({ at: mark.from, message })
    if (mark.word === 'where') {
      if (open) say('{{where …}} begins before the one above it has its {{end}}')
      if (mark.role === '') say('write {{where <role> is <system>, <system>}}')
      else named.push({ at: mark.from, role: mark.role, systems: mark.systems })
      open = mark
      hasOtherwise = false
      continue
    }
    if (!open) say(`{{${mark.word}}} belongs to no {{where …}}`)
    else if (mark.word === 'otherwise' && hasOtherwise) say('{{otherwise}} stands twice in one block')
    hasOtherwise ||= mark.word === 'otherwise'
    if (mark.word === 'end') open = undefined
  }
  if (open) wrong.push({ at: open.from, message: '{{where …}} has no {{end}}' })
  return { named, wrong }
}

function marksIn(text: string): readonly Mark[] {
  return bracedIn(text).flatMap(({ at, written, inside }) => {
    const [word = ''] = inside.split(/[ \t]+/)
    if (!isMark(word)) return []
    const [, role = '', list = ''] = /^where[ \t]+([a-z][a-z0-9-]*)[ \t]+is[ \t]+(.+)$/.exec(inside) ?? []
    const systems = list.split(',').map((system) => system.trim())
    return [{ word, role, systems, ...placeOf(text, at, at + written.length, word) }]
  })
}

/** A line of its own goes with it; within a line, the spaces on the inner side do. */
function placeOf(text: string, at: number, to: number, word: Mark['word']): Pick<Mark, 'from' | 'to'> {
  const before = /[ \t]*$/.exec(text.slice(0, at))![0].length
  const after = /^[ \t]*/.exec(text.slice(to))![0].length
  const [start, end] = [at - before, to + after]
  const hasLine = (start === 0 || text[start - 1] === '\n') && (end === text.length || text[end] === '\n')
  if (hasLine) return { from: start, to: Math.min(text.length, end + 1) }
  return { from: word === 'where' ? at : start, to: word === 'end' ? to : end }
}
