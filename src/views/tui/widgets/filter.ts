/** A word that a list is narrowed by: `/` opens the field, Enter keeps it, Esc takes it away. */
import { useReducer } from 'react'
import type { Binding } from '../keys/keys.tsx'

export interface Filter {
  readonly text: string
  /** Letters go into the field now. */
  readonly typing: boolean
  /** `/text_` while it is typed, `/text` while it is kept, empty without one. */
  readonly field: string
  /** While `typing`, the screen's whole table; otherwise a part of it. */
  readonly bindings: readonly Binding[]
  /** Every word of the filter stands somewhere in one of the texts. Case does not matter. */
  readonly matches: (...texts: readonly string[]) => boolean
}

interface State {
  readonly text: string
  readonly typing: boolean
}

type Change =
  | { readonly type: 'open' | 'keep' | 'clear' | 'erase' }
  | { readonly type: 'add'; readonly letters: string }

function changed({ text, typing }: State, change: Change): State {
  switch (change.type) {
    case 'open':
      return { text, typing: true }
    case 'keep':
      return { text, typing: false }
    case 'clear':
      return { text: '', typing: false }
    case 'erase':
      return { text: [...text].slice(0, -1).join(''), typing }
    case 'add':
      return { text: text + change.letters, typing }
    default:
      return change satisfies never
  }
}

export function useFilter(): Filter {
  const [{ text, typing }, change] = useReducer(changed, { text: '', typing: false })
  const words = text.toLowerCase().split(/\s+/)
  return {
    text,
    typing,
    field: typing ? `/${text}_` : text === '' ? '' : `/${text}`,
    matches: (...texts) => {
      const all = texts.join('\n').toLowerCase()
      return words.every((word) => all.includes(word))
    },
    bindings: typing
      ? [
          {
            keys: ['return'],
            label: 'done',
            help: 'keep this filter',
            footer: true,
            act: () => change({ type: 'keep' }),
          },
          { keys: ['escape'], label: 'no filter', footer: true, act: () => change({ type: 'clear' }) },
          { keys: ['backspace', 'delete'], label: 'erase', footer: true, act: () => change({ type: 'erase' }) },
          { keys: ['text'], label: 'filter', footer: true, act: (letters) => change({ type: 'add', letters }) },
        ]
      : [
          {
            keys: ['/'],
            label: 'find',
            help: 'show only what has these words',
            footer: true,
            act: () => change({ type: 'open' }),
          },
          { keys: ['escape'], label: 'no filter', when: text !== '', act: () => change({ type: 'clear' }) },
        ],
  }
}
