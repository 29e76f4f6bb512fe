/** A request of the learner's own: typed, sent through everything that plays here, answers side by side. */
import { usePaste } from 'ink'
import { type ReactNode, useReducer, useRef } from 'react'
import type { LabSession, SessionState } from '../../../../../labs/session/session.ts'
import { looksOfCast } from '../../../../evidence/looks.ts'
import { blockLines } from '../../../../text/blocks/blocks.ts'
import { renderError } from '../../../../text/error.ts'
import { type BlockOptions, shown, type TextOptions, wrapped } from '../../../../text/style.ts'
import { tryHelp } from '../../../../words/lab-words.ts'
import { useBody, useTextOptions } from '../../../app-context.tsx'
import { type Binding, useInFront } from '../../../keys/keys.tsx'
import { Frame } from '../../../widgets/frame.tsx'
import { Lines, useScroll } from '../../../widgets/lines.tsx'
import { useLoaded } from '../../../widgets/loaded.ts'
import { signsFor } from '../../../widgets/theme.ts'
import { editorText } from '../form/line-editor.ts'
import { labTitle } from '../lab-header.ts'
import { emptyPrompt, historyOf, type Prompt, type PromptMove, promptAfter } from './prompt.ts'

export function TryRequest({
  session,
  state,
  send,
  close,
}: {
  readonly session: LabSession
  readonly state: SessionState
  readonly send: (text: string) => void
  readonly close: () => void
}): ReactNode {
  const options = useTextOptions()
  const { rows } = useBody()
  const clients = useLoaded(session.clients)
  const { prompt, move } = usePrompt(state)
  const head = [
    ...promptLines(prompt, options),
    ...wrapped(shown(tryHelp(clients.state === 'ready' ? clients.value : []), options), options),
    '',
  ]
  const height = Math.max(1, rows - head.length)
  // Of bodies the beginning, so that what the origin saw is near.
  const bodyRows = Math.max(4, Math.floor(height / 3))
  const lines = resultLines(state, { ...options, bodyRows, looks: looksOfCast(session.cast) })
  const scroll = useScroll(lines.length, height)
  const type = (text: string): void => move({ type: 'edit', edit: { type: 'insert', text } })
  usePaste(type, { isActive: useInFront() })
  const bindings: readonly Binding[] = [
    { keys: ['text'], label: 'write', act: type },
    {
      keys: ['return'],
      label: 'send',
      footer: true,
      when: state.busy === null,
      act: () => {
        scroll.toTop()
        send(prompt.editor.text)
      },
    },
    ...(['backspace', 'delete', 'left', 'right', 'home', 'end'] as const).map(
      (key): Binding => ({ keys: [key], label: 'edit', act: () => move({ type: 'edit', edit: { type: key } }) }),
    ),
    { keys: ['up'], label: 'earlier ones', footer: true, act: () => move({ type: 'older' }) },
    { keys: ['down'], label: 'earlier ones', footer: true, act: () => move({ type: 'newer' }) },
    // Letters, arrows and their ends belong to what is typed.
    ...scroll.bindings.filter(({ keys }) => keys.includes('pageUp') || keys.includes('pageDown')).map(pageBinding),
    { keys: ['escape'], label: 'back to the step', footer: true, act: close },
  ]
  return (
    <Frame title={labTitle(session)} right="a request of your own" bindings={bindings}>
      <Lines lines={head} height={head.length} />
      <Lines lines={lines} height={height} offset={scroll.offset} />
    </Frame>
  )
}

/** Several keys may arrive before anything is drawn again, and each must go on from the one before. */
function usePrompt({ tried }: SessionState): {
  readonly prompt: Prompt
  readonly move: (move: PromptMove) => void
} {
  const latest = useRef(emptyPrompt)
  const [, redraw] = useReducer((count: number) => count + 1, 0)
  const move = (each: PromptMove): void => {
    latest.current = promptAfter(latest.current, each, historyOf(tried))
    redraw()
  }
  return { prompt: latest.current, move }
}

function pageBinding(binding: Binding): Binding {
  const [key] = binding.keys.filter((each) => each !== 'space')
  return { ...binding, keys: [key!], label: 'read on', footer: true }
}

/** At most two lines: of a longer request its end, where one types. */
function promptLines({ editor }: Prompt, options: TextOptions): readonly string[] {
  const cursor = options.unicode ? '▏' : '|'
  const lines = wrapped(shown(editorText(editor, cursor), options), { columns: options.columns - 2 })
  return lines.slice(-2).map((line, row) => `${row === 0 ? signsFor(options).pointer : ' '} ${line}`)
}

/** What goes on, what was wrong with the request, or what came of the newest one. */
function resultLines({ busy, problem, tried }: SessionState, options: BlockOptions): readonly string[] {
  if (busy !== null) return wrapped(shown(`… ${busy}`, options), options)
  if (problem !== null) return renderError(problem, options).trimEnd().split('\n')
  const newest = tried.at(-1)
  if (!newest) return []
  return newest.blocks.flatMap((block, at) => [...(at === 0 ? [] : ['']), ...blockLines(block, options)])
}
