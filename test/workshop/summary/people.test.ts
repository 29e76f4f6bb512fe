import { expect, test } from 'vitest'
import type { Participant } from '../../../src/workshop/room/room.ts'
import { doneCounts, gridOf } from '../../../src/workshop/summary/grid.ts'
import { stuckAfterMs } from '../../../src/workshop/summary/pace.ts'
import { peopleIn, stuckAmong } from '../../../src/workshop/summary/people.ts'
import { hopLab, labs, limitLab, minutes, noon, person, reportsOf, roomOf } from '../sample-room.ts'

/** At a step of the first lab since so many minutes after noon, all before it done in two minutes each. */
function at(name: string, step: string, since: number, more: Partial<Participant> = {}): Participant {
  const before = hopLab.steps.slice(
    0,
    hopLab.steps.findIndex(({ id }) => id === step),
  )
  return person(name, {
    at: { lab: 'one-hop', step, since: minutes(since) },
    reports: reportsOf({
      ...Object.fromEntries(before.map(({ id }, index) => [`one-hop/${id}`, { from: 2 * index, to: 2 * index + 2 }])),
      [`one-hop/${step}`]: { from: since },
    }),
    ...more,
  })
}

const states = (participants: readonly Participant[], minute: number, more = {}) =>
  peopleIn(roomOf(participants, more), labs, noon + minute * 60_000).map(({ state, forMs }) => [state, forMs / 60_000])

test('joined, working, away, each for how long', () => {
  const away = at('Cy', 'guess', 2, { isConnected: false, lastSeenAt: minutes(3) })
  expect(states([person('Ana'), at('Bo', 'guess', 2), away, person('Di', { isConnected: false })], 4)).toEqual([
    ['joined', 4],
    ['working', 2],
    ['away', 1],
    ['away', 4],
  ])
})

test('stuck: twice as long as those who finished took, and never before three minutes', () => {
  const quick = ['A', 'B', 'C'].map((name) => at(name, 'tell', 4))
  const room = roomOf([...quick, at('Late', 'guess', 2)])
  // Three finished `guess` in two minutes each.
  expect(stuckAfterMs(room, hopLab, hopLab.steps[1]!)).toBe(4 * 60_000)
  // Nobody finished `tell`: twice 20 minutes over five steps.
  expect(stuckAfterMs(room, hopLab, hopLab.steps[2]!)).toBe(8 * 60_000)
  expect(states([...quick, at('Late', 'guess', 2)], 5.9).at(-1)![0]).toBe('working')
  expect(states([...quick, at('Late', 'guess', 2)], 6).at(-1)).toEqual(['stuck', 4])
})

test('who is done with the step where everybody pauses is waiting, not stuck', () => {
  const done = at('Ana', 'guess', 1)
  const participant = { ...done, reports: { ...done.reports, ...reportsOf({ 'one-hop/guess': { from: 1, to: 2 } }) } }
  const orders = { ...roomOf([]).orders, pauseAt: { lab: 'one-hop', step: 'guess' } }
  expect(states([participant], 60, { orders })[0]![0]).toBe('waiting')
  expect(states([participant], 60)[0]![0]).toBe('working')
})

test('the last step of the last lab done is the end, also without a connection', () => {
  const participant = person('Ana', {
    isConnected: false,
    at: { lab: 'saying-no', step: 'end', since: minutes(9) },
    reports: reportsOf({ 'saying-no/end': { to: 10 } }),
  })
  expect(states([participant], 20)[0]![0]).toBe('finished')
})

test('stuck people, longest first; a place in no lab of the workshop is none', () => {
  const elsewhere = person('Ed', { at: { lab: 'other', step: 'x', since: minutes(0) } })
  const people = peopleIn(roomOf([at('Ana', 'tell', 5), at('Bo', 'guess', 2), elsewhere]), labs, noon + 3_600_000)
  expect(stuckAmong(people).map(({ participant }) => participant.name)).toEqual(['Bo', 'Ana'])
  expect(people[2]).toMatchObject({ at: null, state: 'joined' })
})

test('steps × people: done, skipped, here, stuck, left open, ahead', () => {
  const skipper = at('Bo', 'why', 6)
  const participants = [
    at('Ana', 'tell', 5),
    { ...skipper, reports: { ...skipper.reports, ...reportsOf({ 'one-hop/tell': { to: 6, skipped: true } }) } },
    at('Cy', 'guess', 59),
    { ...at('Di', 'tell', 59), at: { lab: 'saying-no', step: 'scene', since: minutes(59) } },
  ]
  const people = peopleIn(roomOf(participants), labs, noon + 60 * 60_000)
  const rows = gridOf(people, hopLab)
  expect(rows.map(({ cells }) => cells.join(' '))).toEqual([
    'done done stuck ahead ahead',
    'done done skipped stuck ahead',
    'done here ahead ahead ahead',
    'done done begun ahead ahead',
  ])
  expect(doneCounts(rows, hopLab)).toEqual([4, 3, 1, 0, 0])
  expect(gridOf(people, limitLab).map(({ cells }) => cells.join(' '))).toEqual([
    'ahead ahead',
    'ahead ahead',
    'ahead ahead',
    'here ahead',
  ])
})

test('checks are those of the task at hand; hints are counted here and in all', () => {
  const participant = at('Ana', 'tell', 5)
  const reports = {
    ...participant.reports,
    ...reportsOf({ 'one-hop/tell': { hints: 2, checks: { right: 3, of: 5 } }, 'saying-no/scene': { hints: 1 } }),
  }
  const [row] = gridOf(peopleIn(roomOf([{ ...participant, reports }]), labs, noon), hopLab)
  expect(row).toMatchObject({ checks: { right: 3, of: 5 }, person: { hintsHere: 2, hints: 3 } })
})
