import { type ReactNode, useState } from 'react'
import { afterEach, expect, test } from 'vitest'
import { useBody } from '../../../src/views/tui/app-context.tsx'
import { useNavigation } from '../../../src/views/tui/navigation.tsx'
import { ChoiceList, useChoice } from '../../../src/views/tui/widgets/choice-list.tsx'
import { useFilter } from '../../../src/views/tui/widgets/filter.ts'
import { Frame } from '../../../src/views/tui/widgets/frame.tsx'
import { Lines, useScroll } from '../../../src/views/tui/widgets/lines.tsx'
import { type OpenedApp, openOn, type Setting } from './harness.tsx'

let app: OpenedApp
const open = (node: Parameters<typeof openOn>[0], setting?: Setting): OpenedApp => {
  app = openOn(node, setting)
  return app
}
afterEach(() => app.close())

const entries = Array.from({ length: 40 }, (_, at) => `entry ${at + 1}`)

function Entries(): ReactNode {
  const { columns, rows } = useBody()
  const filter = useFilter()
  const found = entries.filter((entry) => filter.matches(entry))
  const choice = useChoice(found.length, rows)
  const { go } = useNavigation()
  const [opened, setOpened] = useState('')
  const bindings = filter.typing
    ? filter.bindings
    : [
        ...choice.bindings,
        { keys: ['return'], label: 'open', footer: true, act: () => setOpened(found[choice.at] ?? 'none') },
        { keys: ['x'], label: 'text', act: () => go({ name: 'doctor' }) },
        ...filter.bindings,
      ]
  return (
    <Frame title={`Entries ${opened}`} right={filter.field} bindings={bindings}>
      <ChoiceList items={found} choice={choice} height={rows} columns={columns} />
    </Frame>
  )
}

function Text(): ReactNode {
  const { rows } = useBody()
  const scroll = useScroll(entries.length, rows)
  return (
    <Frame title="Text" bindings={scroll.bindings}>
      <Lines lines={entries} height={rows} offset={scroll.offset} />
    </Frame>
  )
}

const both = (route: { readonly name: string }): ReactNode => (route.name === 'home' ? <Entries /> : <Text />)

test('header, body, status and footer stand in the same rows, and the frame is as high as the terminal', async () => {
  open(<Entries />)
  await app.shows('entry 1')
  const rows = app.rows()
  expect(rows).toHaveLength(24)
  expect(rows[0]).toBe(' Entries')
  expect(rows[1]).toBe(` ${'─'.repeat(78)}`)
  expect(rows[2]).toBe(' ❯ entry 1')
  expect(rows[21]).toBe('  ▼ 1–19 of 40')
  expect(rows[22]).toBe('')
  expect(rows[23]).toBe(' ↑↓ move  ⏎ open  / find  ? keys  q quit')
})

test('the window follows the choice, and never further than it must', async () => {
  open(<Entries />)
  await app.press('end')
  expect(app.text()).toContain('❯ entry 40')
  await app.press('up', 'k')
  expect(app.rows()[2]).toBe('   entry 22')
  expect(app.text()).toContain('❯ entry 38')
  await app.press('g')
  expect(app.rows()[2]).toBe(' ❯ entry 1')
})

test('keys that arrive in one piece are taken one after another: a field is open before its letters come', async () => {
  open(<Entries />)
  await app.press('/40')
  await app.shows('/40_')
  expect(app.rows()[2]).toBe(' ❯ entry 40')
  expect(app.rows()[23]).toContain('Esc no filter')
  await app.press('return', 'return')
  expect(app.rows()[0]).toMatch(/^ Entries entry 40 +\/40$/)
  await app.press('escape')
  expect(app.rows()[0]).not.toContain('/40')
})

test('a screen below another one keeps its state and hears no keys', async () => {
  open(both)
  await app.press('down', 'x')
  await app.shows('Text')
  await app.press('down', 'down')
  expect(app.rows()[2]).toBe(' entry 3')
  await app.press('q')
  expect(app.rows()[3]).toBe(' ❯ entry 2')
})

test('help is made from the table, and the footer shows only what it has', async () => {
  open(<Entries />)
  await app.press('?')
  await app.shows('Keys · Entries')
  for (const line of ['↑ k', '⏎ ', 'x ', '/ ', 'q ', 'Ctrl-C']) expect(app.text()).toContain(` ${line}`)
  await app.press('q')
  expect(app.rows()[2]).toBe(' ❯ entry 1')
})

test('too small says so and keeps the state; larger again, all is as it was', async () => {
  open(<Entries />)
  await app.press('down')
  await app.resize(50, 12)
  expect(app.rows()).toEqual([
    'EdgeLab needs 60×16.',
    'This is 50×12.',
    'Nothing is lost: make it larger.',
    'Ctrl-C leaves.',
    ...Array(8).fill(''),
  ])
  await app.press('down')
  await app.resize(60, 16)
  expect(app.rows()[3]).toBe(' ❯ entry 2')
})

test.each([
  [60, 16],
  [140, 45],
  [81, 23],
])('after a resize to %i×%i the frame is exactly that high', async (columns, rows) => {
  open(<Entries />)
  await app.press('down', 'down')
  await app.resize(columns, rows)
  const after = app.rows()
  expect(after[0]).toBe(' Entries')
  expect(after[1]).toBe(` ${'─'.repeat(columns - 2)}`)
  expect(after.at(-1)).toBe(' ↑↓ move  ⏎ open  / find  ? keys  q quit')
  expect(after.filter((row) => row.startsWith(' Entries'))).toHaveLength(1)
})

test('letters that the terminal draws wider than they were laid out push nothing out of its place', async () => {
  const wide = ['क्षि'.repeat(76), 'กำ'.repeat(76)]
  open(
    <Frame title="Wide" bindings={[]}>
      <Lines lines={[...wide, 'below']} height={20} />
    </Frame>,
  )
  await app.shows('below')
  expect(app.rows()[0]).toBe(' Wide')
  expect(app.rows()[4]).toBe(' below')
  expect(app.rows()[23]).toBe(' ? keys  q quit')
})

test('a filter is erased by whole characters', async () => {
  open(<Entries />)
  await app.press('/4👍', 'backspace')
  await app.shows('/4_')
})

test('without Unicode nothing but ASCII is written, without colour nothing is styled', async () => {
  open(<Entries />, { unicode: false })
  await app.press('down', '?', 'q')
  // Beside text: cursor movement, erasing, private modes. No SGR.
  expect(app.written().replace(/\u001b\[[?\d;]*[A-HJKhlsu]/g, '')).toMatch(/^[\n\r -~]*$/)
})

test('with colour the chosen line is inverse', async () => {
  open(<Entries />, { color: true })
  await app.shows('entry 1')
  expect(app.written()).toContain('\u001b[7m❯ entry 1')
})
