import { expect, test } from 'vitest'
import { happened, type Stuck, stuck, stuckAnew } from '../../../../src/views/linear/workshop/happened.ts'
import { refusalLines, whoLines } from '../../../../src/views/linear/workshop/who.ts'
import { applied, emptyRoom } from '../../../../src/workshop/room/apply.ts'
import type { Entry } from '../../../../src/workshop/room/entry.ts'
import type { Room } from '../../../../src/workshop/room/room.ts'
import { stuckAfterMs } from '../../../../src/workshop/summary/pace.ts'
import { joinRequest, stepReport } from '../../../workshop/people.ts'
import { fixtureLab as lab } from '../../lab-fixture.ts'

const start = '2026-01-05T09:00:00.000Z'
const ada = '4f2c1e3a-0000-4000-8000-000000000001'
const empty = emptyRoom({ id: 'w', title: 'W', labs: [lab.id], startedAt: start })
const joined: Entry = (({ passcode: _, ...person }) => ({
  kind: 'joined' as const,
  at: start,
  ...person,
  tokenHash: '0'.repeat(64),
}))(joinRequest({ participant: ada, team: 'blue' }))
const here = applied(empty, joined)
const labs = [lab]

function reports(room: Room, ...given: Partial<ReturnType<typeof stepReport>>[]): Room {
  const all = given.map((each, index) => stepReport({ lab: lab.id, seq: index + 1, ...each }))
  return applied(room, { kind: 'reported', at: start, participant: ada, reports: all })
}

function ordered(room: Room, change: Extract<Entry, { kind: 'changed' }>['change']): Room {
  return applied(room, { kind: 'changed', at: start, change })
}

function connected(room: Room, isConnected: boolean): Room {
  return { ...room, participants: room.participants.map((each) => ({ ...each, isConnected })) }
}

const minutes = (count: number): Date => new Date(Date.parse(start) + count * 60_000)

test('who joins, and where they are', () => {
  expect(happened(empty, here, labs)).toEqual(['Ada joined, team blue: 2 systems can run there, as processes.'])
  const [ada] = here.participants
  const newer = { ...here, participants: [{ ...ada!, machine: { ...ada!.machine, version: '7.0.0' } }] }
  expect(happened(empty, newer, labs)[0]).toContain('as processes; EdgeLab 7.0.0 there, 0.1.0 here.')
  const at = reports(here, { step: 'guess' })
  const total = lab.steps.length
  expect(happened(here, at, labs)).toEqual([
    `Ada is at step 2 of ${total} of lab ${lab.number}, “What will the customer get” (guess).`,
  ])
  expect(happened(at, at, labs)).toEqual([])
  // A lab that this EdgeLab does not have.
  expect(happened(here, reports(here, { lab: 'foreign', step: 'x' }), labs)).toEqual(['Ada is at foreign/x.'])
})

test('who has finished', () => {
  const last = lab.steps.at(-1)!.id
  const at = reports(here, { step: last })
  expect(happened(at, reports(here, { step: last }, { step: last, seq: 2, done: true }), labs)).toEqual([
    `Ada has finished lab ${lab.number}.`,
  ])
})

test('connections that go and come back', () => {
  const begun = reports(here, { step: 'guess' })
  expect(happened(connected(begun, true), connected(begun, false), labs)).toEqual(['Ada is not connected any more.'])
  expect(happened(connected(begun, false), connected(begun, true), labs)).toEqual(['Ada is connected again.'])
})

test('who is removed', () => {
  expect(happened(here, ordered(here, { remove: ada }), labs)).toEqual([
    'Ada (#1) was removed; what they answered counts no more.',
  ])
})

test('what the facilitator did, from whatever terminal', () => {
  const pauseAt = { lab: lab.id, step: 'guess' }
  const paused = ordered(here, { pauseAt })
  expect(happened(here, paused, labs)[0]).toMatch(/^Paused: nobody goes beyond step 2 of/)
  expect(happened(paused, ordered(paused, { pauseAt: null }), labs)[0]).toMatch(/^Released: step 2 of/)
  expect(happened(here, ordered(here, { say: 'Hi' }), labs)).toEqual(['Said to everybody: Hi'])
  expect(happened(here, ordered(here, { endsAt: start }), labs)[0]).toMatch(/^The workshop ends at \d\d:00\.$/)
  expect(happened(here, ordered(here, { end: true }), labs)).toEqual(['The workshop is over: nothing more is taken.'])
})

test('who is stuck, by the rule of the screen; not who waits at a pause, is done, or is away', () => {
  const guessing = connected(reports(here, { step: 'guess', hints: 2 }), true)
  // Twice the share of a step in the lab's minutes, or three minutes.
  const after = stuckAfterMs(guessing, lab, lab.steps[1]!) / 60_000
  expect(stuck(guessing, labs, minutes(after - 0.1))).toEqual([])
  expect(stuck(guessing, labs, minutes(after + 0.1))[0]!.line).toMatch(
    /^Ada is stuck at step 2 .*, for \d+ (min|s), 2 hints opened\.$/,
  )
  expect(whoLines(guessing, labs, minutes(after + 0.1))[1]).toMatch(/ min, stuck$/)
  const long = minutes(after * 3)
  expect(stuck(connected(guessing, false), labs, long)).toEqual([])
  expect(stuck(ordered(guessing, { end: true }), labs, long)).toEqual([])
  const done = connected(reports(here, { step: 'guess', done: true }), true)
  expect(stuck(ordered(done, { pauseAt: { lab: lab.id, step: 'guess' } }), labs, long)).toEqual([])
  expect(stuck(connected(reports(here, { step: lab.steps.at(-1)!.id, done: true }), true), labs, long)).toEqual([])
})

test('who is stuck is told once, and again when it lasts twice as long, or at another step', () => {
  const told = new Map<string, Stuck>()
  const at = (forMs: number, since = start) => [{ participant: ada, since, forMs, line: '' }]
  expect(stuckAnew(at(300), told)).toHaveLength(1)
  expect(stuckAnew(at(599), told)).toEqual([])
  expect(stuckAnew(at(600), told)).toHaveLength(1)
  expect(stuckAnew(at(1199), told)).toEqual([])
  expect(stuckAnew([], told)).toEqual([])
  expect(stuckAnew(at(300, '2026-01-05T09:30:00.000Z'), told)).toHaveLength(1)
})

test('who is there', () => {
  expect(whoLines(empty, labs, minutes(0))).toEqual(['Nobody has joined yet.'])
  const [count, line] = whoLines(reports(here, { step: 'guess' }), labs, minutes(3))
  expect(count).toBe('1 joined, 0 of them connected:')
  expect(line).toMatch(/^ {2}#1 Ada \(blue\): at step 2 .* for 3 min; not connected, last seen at \d\d:00$/)
})

test('what was refused', () => {
  expect(refusalLines({ refusals: () => ({ byReason: {}, last: [] }) })).toEqual(['No request was refused.'])
  const byReason = { 'no token': 1, 'wrong passcode': 12 }
  const last = [{ at: start, from: '192.168.1.9', reason: 'wrong passcode', times: 12 }]
  const lines = refusalLines({ refusals: () => ({ byReason, last }) })
  expect(lines.slice(1, 3)).toEqual(['  12 × wrong passcode', '  1 × no token'])
  expect(lines.at(-1)).toMatch(/192\.168\.1\.9: wrong passcode \(12 ×\)$/)
})
