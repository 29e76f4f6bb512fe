import { expect, test } from 'vitest'
import { projectorModel } from '../../../../src/views/html/workshop/projector-model.ts'
import { projectorContent, projectorPage } from '../../../../src/views/html/workshop/projector-page.tsx'
import type { Room } from '../../../../src/workshop/room/room.ts'
import { guesser, labs, minutes, person, roomOf } from '../../../workshop/sample-room.ts'
import { hostileText } from '../../sample-model.ts'

const truths = { address: 'not-at-all', 'crowd.proxy': 'no' }
const people = [
  guesser('Ana Secret', { address: 'header', 'crowd.proxy': 'yes' }, truths, { team: 'blue' }),
  guesser('Bo Secret', { address: 'not-at-all' }, truths, { team: 'orange' }),
  person('Cy Secret', { isConnected: false }),
]
const seen = (room: Room, joinLines = ['192.168.1.7:7443 7QF2-M9XK', '10.0.0.2:7443 7QF2-M9XK']) => ({
  room,
  joinLines,
  passcode: 'maple-otter-42',
})
const content = (more: Partial<Room>): string => projectorContent(projectorModel(seen(roomOf(people, more)), labs))
const show = (question: string, isRevealed = false): Partial<Room> => ({
  projection: { shows: { lab: 'one-hop', step: 'guess', question }, isRevealed },
})
/** Markup without its tags. */
const words = (html: string): string => html.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ')

test('how to join: every address, the passcode, how many are here', () => {
  const text = words(content({}))
  for (const part of [
    'Gateways at noon',
    'edgelab join 192.168.1.7:7443 7QF2-M9XK',
    'edgelab join 10.0.0.2:7443 7QF2-M9XK',
    'maple-otter-42',
    '2 of 3 people here',
  ]) {
    expect(text).toContain(part)
  }
})

test('a question that is open: what was predicted, and no word of how it came out', () => {
  const text = words(content(show('address')))
  expect(text).toContain('How does the origin learn the client’s address through the reverse proxy?')
  expect(text).toContain('2 of 3 have predicted')
  expect(text).toContain('edgelab join 192.168.1.7:7443 7QF2-M9XK')
  expect(text).not.toContain('came out')
  const others = roomOf(
    people.map((each) => ({
      ...each,
      reports: JSON.parse(JSON.stringify(each.reports).replaceAll('not-at-all","crowd', 'header","crowd')),
    })),
  )
  expect(projectorContent(projectorModel(seen({ ...others, ...show('connections') }), labs))).toBe(
    content(show('connections')),
  )
})

test('revealed: results stand beside, and teams', () => {
  const text = words(content(show('address', true)))
  expect(text).toContain('predicted (2)')
  expect(text).toContain('came out so (2)')
  expect(text).toContain('Right: blue 0 of 1 · orange 1 of 1')
})

test('asked for each role: a column for each', () => {
  const text = words(content(show('crowd', true)))
  expect(text).toContain('the reverse proxy (1)')
  expect(text).toContain('the gateway (0)')
  expect(text).toContain('came out so')
})

test('nobody’s name, in any state', () => {
  for (const more of [{}, show('address'), show('address', true), show('crowd', true)]) {
    expect(content(more)).not.toContain('Secret')
  }
})

test('what the facilitator said and when it ends; at the end neither code nor passcode', () => {
  const orders = {
    ...roomOf([]).orders,
    message: { id: 1, at: minutes(0), text: 'Coffee <b>at</b> four' },
    endsAt: minutes(60),
  }
  expect(content({ orders })).toContain('Coffee &lt;b&gt;at&lt;/b&gt; four')
  expect(words(content({ orders }))).toMatch(/until \d\d:\d\d/)
  const over = words(content({ ...show('address'), orders: { ...orders, isOver: true } }))
  expect(over).toContain('The workshop has ended')
  expect(over).not.toMatch(/maple|7QF2|Coffee/)
})

test('hostile titles and messages are text; what cannot be seen is spelled out', () => {
  const room = roomOf(people)
  const hostile = {
    ...room,
    workshop: { ...room.workshop, title: hostileText },
    orders: { ...room.orders, message: { id: 1, at: minutes(0), text: hostileText } },
  }
  const page = projectorPage(projectorModel(seen(hostile), labs))
  expect(page).not.toContain('<script>')
  expect(page).not.toContain('<img')
  expect(page).toContain('&lt;img src=x')
  expect(page).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\u2028]/)
})

test('nothing of the page needs an inline style or script, which its policy forbids', () => {
  const page = projectorPage(projectorModel(seen(roomOf(people, show('address', true))), labs))
  expect(page).not.toMatch(/ style=| on[a-z]+=|<style|<script(?! src)/)
})

test('a question of no lab here shows how to join', () => {
  const elsewhere = { projection: { shows: { lab: 'x', step: 'y', question: 'z' }, isRevealed: true } }
  expect(words(content(elsewhere))).toContain('Join from your own machine')
})
