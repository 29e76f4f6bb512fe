/** A text that is being typed: one paragraph, a cursor, no more. Pure. */

export interface Editor {
  readonly text: string
  /** Characters before the cursor. */
  readonly cursor: number
}

export type Edit =
  | { readonly type: 'insert'; readonly text: string }
  | { readonly type: 'backspace' | 'delete' | 'left' | 'right' | 'home' | 'end' }

export function editorOf(text: string): Editor {
  return { text, cursor: characters(text).length }
}

/** Line feeds of what is pasted become blanks; control characters are left out. */
export function edited({ text, cursor }: Editor, edit: Edit): Editor {
  const all = characters(text)
  const move = (to: number): Editor => ({ text, cursor: Math.max(0, Math.min(all.length, to)) })
  switch (edit.type) {
    case 'insert': {
      const added = edit.text.replaceAll(/\s+/g, ' ').replaceAll(/\p{Cc}/gu, '')
      const before = all.slice(0, cursor).join('') + added
      // Counted together: an accent that is typed behind its letter is no character of its own.
      return { text: before + all.slice(cursor).join(''), cursor: characters(before).length }
    }
    case 'backspace':
      return cursor === 0 ? { text, cursor } : { text: all.toSpliced(cursor - 1, 1).join(''), cursor: cursor - 1 }
    case 'delete':
      return { text: all.toSpliced(cursor, 1).join(''), cursor }
    case 'left':
      return move(cursor - 1)
    case 'right':
      return move(cursor + 1)
    case 'home':
      return move(0)
    case 'end':
      return move(all.length)
    default:
      return edit satisfies never
  }
}

/** With the cursor as a mark in the text. */
export function editorText({ text, cursor }: Editor, mark: string): string {
  return characters(text).toSpliced(cursor, 0, mark).join('')
}

/** What a reader takes for one character is moved over and deleted as one. */
function characters(text: string): string[] {
  return [...new Intl.Segmenter().segment(text)].map(({ segment }) => segment)
}
