/** The request prompt: what is being typed, and the requests before it. Pure. */
import { type Edit, type Editor, edited, editorOf } from '../form/line-editor.ts'

export interface Prompt {
  readonly editor: Editor
  /** How many requests back in the history; 0: what is typed now. */
  readonly back: number
  /** What was typed before going back. */
  readonly draft: string
}

export const emptyPrompt: Prompt = { editor: editorOf(''), back: 0, draft: '' }

export type PromptMove = { readonly type: 'edit'; readonly edit: Edit } | { readonly type: 'older' | 'newer' }

/** `history`: texts of earlier requests, newest last. */
export function promptAfter(prompt: Prompt, move: PromptMove, history: readonly string[]): Prompt {
  if (move.type === 'edit') return { ...prompt, editor: edited(prompt.editor, move.edit), back: 0 }
  const back = Math.max(0, Math.min(history.length, prompt.back + (move.type === 'older' ? 1 : -1)))
  const draft = prompt.back === 0 ? prompt.editor.text : prompt.draft
  return { editor: editorOf(back === 0 ? draft : history.at(-back)!), back, draft }
}

/** Each request once, where it was sent last. */
export function historyOf(tried: readonly { readonly text: string }[]): readonly string[] {
  const texts = tried.map(({ text }) => text)
  return texts.filter((text, at) => texts.lastIndexOf(text) === at)
}
