import { afterEach, describe, expect, test } from 'vitest'
import { EdgeLabError } from '../../../../src/errors.ts'
import { Facilitator } from '../../../../src/views/tui/workshop/facilitator.tsx'
import type { Host, Participant, Room } from '../../../../src/workshop/room/room.ts'
import { type HostHere, hostHere } from '../../../workshop/host-here.ts'
import { guesser, labs, minutes, noon, person, reportsOf, roomOf } from '../../../workshop/sample-room.ts'
import { type OpenedApp, openOn, type Setting } from '../harness.tsx'

let app: OpenedApp
let host: HostHere

/** Ten minutes after noon. */
function open(room: Room, setting: Setting = {}, more: Partial<Host> = {}): void {
  host = hostHere(room, more)
  app = openOn(<Facilitator host={host} labs={labs} clock={() => noon + 10 * 60_000} />, setting)
}
afterEach(() => app.close())

const truths = { address: 'not-at-all', connections: '30' }
const ana = guesser('Ana', { address: 'header', connections: '1' }, truths, { confidence: 3, team: 'blue' })
const bo = guesser('Bo', { address: 'not-at-all', connections: '30' }, truths, { hints: 2 })
const cy: Participant = {
  ...person('Cy'),
  at: { lab: 'one-hop', step: 'guess', since: minutes(1) },
  reports: reportsOf({ 'one-hop/scene': { to: 1 }, 'one-hop/guess': { from: 1 } }),
}
const few = roomOf([ana, bo, cy, person('Di', { isConnected: false, lastSeenAt: minutes(4) })])

function crowd(count: number): Room {
  const names = Array.from({ length: count }, (_, at) => `Person with number ${at + 1}`)
  return roomOf(names.map((name, at) => ({ ...[ana, bo, cy][at % 3]!, id: name, name })))
}

const sizes = [
  [60, 16],
  [80, 24],
  [100, 30],
  [140, 45],
] as const

describe.each(sizes)('at %i×%i', (columns, rows) => {
  test.each([0, 2, 20, 200])(
    '%i people: join line, passcode, what is ordered, who is stuck; nothing sticks out',
    async (count) => {
      open(crowd(count), { columns, rows })
      await app.shows('192.168.1.7:7443 7QF2-M9XK-ABCD-EFGH')
      const text = app.text()
      expect(text).toContain('passcode maple-otter-42')
      expect(text).toContain('not paused · projector: how to join')
      expect(text).toContain(count >= 3 ? 'Stuck ' : 'Nobody is stuck.')
      expect(text).toContain('[1 Steps]')
      const drawn = app.rows()
      expect(drawn).toHaveLength(rows)
      expect(drawn[0]).toMatch(/^ Workshop · Gateways at noon +\d+ of \d+ here$/)
      expect(drawn.at(-1)).toMatch(/q leave {2}\? keys$/)
      for (const row of drawn) expect(row.length).toBeLessThanOrEqual(columns)
      if (count === 200) {
        await app.press('G')
        expect(app.text()).toContain('❯ Person with')
        expect(app.text()).toMatch(/▲ +\d+–200 of 200/)
      }
    },
  )

  test.each(['2', '3', '4'])('view %s keeps the frame', async (view) => {
    open(crowd(200), { columns, rows })
    await app.press(view)
    const drawn = app.rows()
    expect(drawn[0]).toContain('Workshop · Gateways at noon')
    expect(app.text()).toContain('7QF2-M9XK-ABCD-EFGH')
    expect(drawn.at(-1)).toMatch(/q leave {2}\? keys$/)
  })
})

test('steps × people: signs, time at the step, hints, and the step that is chosen in words', async () => {
  open(few)
  await app.shows('Ana')
  const line = (name: string) => app.rows().find((row) => row.includes(name) && !row.includes('Stuck'))
  expect(line('Ana')).toMatch(/❯ Ana +✓ +✓ +● +· +· +5 min$/)
  expect(line('Bo')).toMatch(/ Bo +✓ +✓ +● +· +· +5 min +2 h$/)
  expect(line('Cy')).toMatch(/ Cy +✓ +! +· +· +· +stuck 9 min$/)
  expect(line('Di')).toMatch(/ Di +· +· +· +· +· +away 6 min$/)
  expect(app.text()).toContain('Stuck 1: Cy 9 min at 1.2')
  expect(app.text()).toContain('Step 1 A proxy on its first day · read · 3 done, usually 1 min')
  await app.press('right')
  expect(app.text()).toContain('Step 2 What arrives at the origin? · predict · 2 done, usually 4 min, 2 hints')
  await app.press('s')
  expect(app.rows().findIndex((row) => / Cy .*stuck/.test(row))).toBeLessThan(
    app.rows().findIndex((row) => / Ana /.test(row)),
  )
})

test('wide: checks and teams as well', async () => {
  const task = {
    ...ana,
    reports: { ...ana.reports, ...reportsOf({ 'one-hop/tell': { checks: { right: 3, of: 5 } } }) },
  }
  open(roomOf([task]), { columns: 140, rows: 45 })
  await app.shows(/Ana .* 5 min +3\/5 +blue/)
})

test('what happens in the room is drawn without a key', async () => {
  open(roomOf([]))
  await app.shows('0 of 0 here')
  host.become(few)
  await app.shows('3 of 4 here')
  await app.shows('Cy')
})

test('pause at the chosen step, release', async () => {
  open(few)
  await app.press('right', 'p')
  expect(host.ordered).toEqual([{ pauseAt: { lab: 'one-hop', step: 'guess' } }])
  await app.shows('PAUSED at lab 1 step 2')
  await app.shows('Everybody pauses after step 2')
  await app.press('r')
  expect(host.ordered.at(-1)).toEqual({ pauseAt: null })
  await app.shows('not paused')
})

test('say something to all: letters are letters, Esc drops it', async () => {
  open(few)
  await app.press('m', 'pq', 'backspace', 'escape')
  expect(host.ordered).toEqual([])
  await app.press('m', 'Coffee at four', 'return')
  expect(host.ordered).toEqual([{ say: 'Coffee at four' }])
  await app.shows('“Coffee at four”')
})

test('set the end time, and take it away; what is no time is not ordered', async () => {
  open(few)
  await app.press('e', 'soon', 'return')
  expect(host.ordered).toEqual([])
  await app.press('escape', 'e', '20', 'return')
  expect(host.ordered).toEqual([{ endsAt: minutes(30) }])
  await app.shows(/until \d\d:\d\d \(20 min\)/)
  await app.press('e', 'return')
  expect(host.ordered.at(-1)).toEqual({ endsAt: null })
})

test('ending asks first, and then nothing more can be ordered', async () => {
  open(few)
  await app.press('x', 'n')
  expect(host.ordered).toEqual([])
  await app.press('x', 'y')
  expect(host.ordered).toEqual([{ end: true }])
  await app.shows('THE WORKSHOP HAS ENDED')
  await app.press('p', 'm', 'e')
  expect(host.ordered).toHaveLength(1)
})

test('removing somebody asks first, by the name that is shown; the others keep their numbers', async () => {
  open(few)
  await app.press('down', 'd')
  await app.shows('Remove Bo and their answers? They are told.  y yes  n no')
  await app.press('n')
  expect(host.ordered).toEqual([])
  await app.press('n', 'd')
  await app.shows('Remove Person 2 and their answers?')
  await app.press('y')
  expect(host.ordered).toEqual([{ remove: 'id-Bo' }])
  await app.shows('Person 2 was removed.')
  await app.shows('2 of 3 here')
  await app.shows('Person 3 9 min at 1.2')
  await app.press('2', 'd')
  expect(app.text()).not.toContain('Remove')
})

test('leaving asks first', async () => {
  open(few)
  await app.press('q')
  await app.shows('Leave? The host stops')
  await app.press('n')
  await app.shows('[1 Steps]')
  await app.press('q', 'y')
  await expect(app.exit).resolves.toEqual({ why: 'quit' })
})

test('names can be hidden, in every view', async () => {
  open(few)
  await app.press('n')
  await app.shows('Person 3 9 min at 1.2')
  for (const view of ['1', '2', '3', '4']) {
    await app.press(view)
    expect(app.text()).not.toMatch(/\b(Ana|Bo|Cy)\b/)
  }
  await app.press('1', 'n')
  await app.shows('Ana')
})

test('which question the projector shows, and whether its results are revealed', async () => {
  open(few)
  await app.press('2')
  await app.shows(/❯ ON SHOW +How to join/)
  await app.press('down')
  await app.shows(/❯ +1\.2 predict +2 of 4 +How does the origin learn/)
  // The facilitator sees results before the room does.
  expect(app.text()).toContain('2 answered, 1 right of 2')
  await app.press('return')
  expect(host.ordered).toEqual([{ show: { lab: 'one-hop', step: 'guess', question: 'address' } }])
  await app.shows('projector: lab 1 address, results hidden')
  await app.press('v')
  expect(host.ordered.at(-1)).toEqual({ reveal: true })
  await app.shows('results shown')
  await app.press('down', 'return')
  await app.shows('projector: lab 1 connections, results hidden')
  await app.press('g', 'return')
  expect(host.ordered.at(-1)).toEqual({ show: null })
})

test('machines: what is everywhere and what is not', async () => {
  const kong = person('Ed', {
    machine: { version: '7.0.0', runtime: 'containers', systems: ['nginx', 'node-gateway', 'kong'] },
  })
  open(roomOf([ana, kong]))
  await app.press('3')
  await app.shows('Everywhere: nginx, node-gateway')
  await app.shows('Not everywhere: kong 1 of 2')
  await app.shows(/Ana +processes +2 systems, CANNOT PLAY lab 3; lacks kong/)
  await app.shows(/Ed +containers +3 systems, EdgeLab 7\.0\.0; all that/)
})

test('refusals: how many by reason, newest first', async () => {
  const last = [
    { at: '2026-11-29T12:00:01.000Z', from: '10.0.0.9', reason: 'wrong passcode', times: 12 },
    { at: '2026-11-29T12:00:02.000Z', from: '10.0.0.8', reason: 'body too large', times: 1 },
  ]
  open(few, {}, { refusals: () => ({ byReason: { 'wrong passcode': 12, 'body too large': 1 }, last }) })
  await app.press('4')
  await app.shows('12 × wrong passcode · 1 × body too large')
  const rows = app.rows()
  expect(rows.findIndex((row) => row.includes('10.0.0.8'))).toBeLessThan(
    rows.findIndex((row) => row.includes('10.0.0.9')),
  )
})

test('one person: where, how long each step took, hints; and what they answered is theirs', async () => {
  open(few)
  await app.press('down', 'return')
  await app.shows('Bo · 5 min · lab 1, step 3 of 5: Tell the origin who asks')
  await app.shows('2 What arrives at the origin?: done in 4 min, 2 hints')
  expect(app.text()).not.toContain('Not at all')
  await app.press('escape')
  await app.shows('[1 Steps]')
  expect(app.text()).toContain('❯ Bo')
})

test('every address is findable in every view', async () => {
  open(few, {}, { joinLines: ['192.168.1.7:7443 AAAA-BBBB', '10.0.0.2:7443 AAAA-BBBB'] })
  await app.shows('(a: 1 more)')
  await app.press('3', 'a')
  await app.shows('edgelab join 10.0.0.2:7443 AAAA-BBBB')
  await app.shows('http://127.0.0.1:40123/secret/')
  await app.press('escape')
  await app.shows('Everywhere')
})

test('an order that cannot be kept is said, and the screen stays', async () => {
  const order = () => Promise.reject(new EdgeLabError('stateUnwritable', { path: '/x', why: 'the disk is full' }))
  open(few, {}, { order })
  await app.press('p')
  await app.shows('the disk is full')
  await app.shows('[1 Steps]')
})

test('hostile names stay text on one line', async () => {
  const evil = '\u001b[2J\u001b]0;pwned\u0007Eve\u202e\u009bH'
  open(roomOf([{ ...cy, name: evil }]), { color: true })
  await app.shows('Stuck 1')
  expect(app.written()).not.toMatch(/\u001b\]0;|\u001b\[2J|[\u0080-\u009f]/)
  expect(app.text()).toContain(String.raw`\x1b[2J`)
  await app.press('return', '3')
  expect(app.rows()[0]).toContain('Workshop · Gateways at noon')
})

test('without Unicode nothing but ASCII is written', async () => {
  open(few, { unicode: false })
  await app.press('right', '2', 'down', '3', '4', '1', '?')
  expect(app.written().replace(/\u001b\[[?\d;]*[A-HJKhlsu]/g, '')).toMatch(/^[\n\r -~]*$/)
})

test('no flicker: while nothing changes nothing is written, though time is asked four times a second', async () => {
  open(crowd(200), { columns: 140, rows: 45 })
  await app.shows('Person with number 1')
  await app.press('down')
  const before = app.written().length
  // Longer than two of the app's ticks: what is waited for is that they write nothing.
  const until = performance.now() + 700
  await expect.poll(() => performance.now() > until, { timeout: 5000 }).toBe(true)
  expect(app.written().length).toBe(before)
})
