/**
 * Keys: every screen has one table, and that table handles what is pressed, makes the footer and makes the help page.
 * Only one table listens at a time: that of the screen in front.
 */
import { useInput } from 'ink'
import { createContext, type ReactNode, use, useLayoutEffect, useMemo, useRef } from 'react'
import { type KeyPress, keyPresses, keyTitle } from './key-names.ts'

export interface Binding {
  /** Names as in key-names.ts: `q`, `return`, `up` …; `text` takes every printable character (a field is being typed in). */
  readonly keys: readonly string[]
  /** One or two words, for the footer. Neighbours of the same label are shown as one: `↑↓ move`. */
  readonly label: string
  /** What it does, for the help page; the label where absent. */
  readonly help?: string
  /** Among the five to seven that the footer shows. */
  readonly footer?: boolean
  /** False: it does nothing now, and is shown neither in the footer nor in the help. */
  readonly when?: boolean
  /** `text`: what the key types. */
  readonly act: (text: string) => void
}

type Listener = (press: KeyPress) => void
interface Keyboard {
  listener: Listener | null
}

const KeyboardContext = createContext<Keyboard>({ listener: null })
/** False for screens that lie under another one: they keep their state and hear no keys. */
const InFrontContext = createContext(true)

/** The one place that reads keys. `always` hears every key first; true: it was for it alone. */
export function KeyboardRoot({
  always,
  children,
}: {
  readonly always: (press: KeyPress) => boolean
  readonly children: ReactNode
}): ReactNode {
  const keyboard = useMemo((): Keyboard => ({ listener: null }), [])
  const waiting = useRef<KeyPress[]>([])
  // One at a time, so that a key that opens a field has opened it before the letters behind it arrive.
  const takeNext = (): void => {
    const press = waiting.current[0]
    if (!press) return
    if (!always(press)) keyboard.listener?.(press)
    // React draws in the turn after this one: the next key must meet what this one opened.
    setImmediate(() =>
      setImmediate(() => {
        waiting.current.shift()
        takeNext()
      }),
    )
  }
  useInput((input, key) => {
    const idle = waiting.current.length === 0
    waiting.current.push(...keyPresses(input, key))
    if (idle) takeNext()
  })
  return <KeyboardContext value={keyboard}>{children}</KeyboardContext>
}

export function InFront({ is, children }: { readonly is: boolean; readonly children: ReactNode }): ReactNode {
  return <InFrontContext value={is}>{children}</InFrontContext>
}

export function useInFront(): boolean {
  return use(InFrontContext)
}

/** The table that listens while this screen is in front. `before` is told of each key that does something. */
export function useBindings(bindings: readonly Binding[], before: () => void = () => undefined): void {
  const keyboard = use(KeyboardContext)
  const inFront = use(InFrontContext)
  // Before anything is drawn or pressed: the next key must meet the table of what is shown.
  useLayoutEffect(() => {
    if (!inFront) return
    const listener: Listener = ({ name, text }) => {
      const active = bindings.filter(({ when }) => when !== false)
      const binding =
        active.find(({ keys }) => keys.includes(name)) ??
        (text === '' ? undefined : active.find(({ keys }) => keys.includes('text')))
      if (!binding) return
      before()
      binding.act(text)
    }
    keyboard.listener = listener
    return () => {
      if (keyboard.listener === listener) keyboard.listener = null
    }
  })
}

/** `↑↓ move`, `⏎ open`: what works now, neighbours of one label joined. */
export function footerParts(bindings: readonly Binding[], unicode: boolean): readonly string[] {
  const shownNow = bindings.filter(({ footer, when }) => footer && when !== false)
  const groups: { keys: string[]; label: string }[] = []
  for (const { keys, label } of shownNow) {
    const last = groups.at(-1)
    const title = keyTitle(keys[0] ?? '', unicode)
    if (last?.label === label) last.keys.push(title)
    else groups.push({ keys: [title], label })
  }
  return groups.map(({ keys, label }) => `${joined(keys)} ${label}`)
}

/** Arrows stand close together, words need something between them. */
function joined(titles: readonly string[]): string {
  return titles.join(titles.some((title) => title.length > 1) ? '/' : '')
}

export interface KeyHelp {
  readonly keys: string
  readonly does: string
}

/** Every key that works now, with all of its names. */
export function keyHelp(bindings: readonly Binding[], unicode: boolean): readonly KeyHelp[] {
  return bindings
    .filter(({ when }) => when !== false)
    .map(({ keys, label, help }) => ({
      keys: keys.map((key) => keyTitle(key, unicode)).join(' '),
      does: help ?? label,
    }))
}
