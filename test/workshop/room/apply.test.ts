import fc from 'fast-check'
import { expect, test } from 'vitest'
import { applied, emptyRoom } from '../../../src/workshop/room/apply.ts'
import type { Entry } from '../../../src/workshop/room/entry.ts'
import type { Room } from '../../../src/workshop/room/room.ts'
import { joinRequest, stepReport } from '../people.ts'

const workshop = { id: 'w', title: 'W', labs: ['one-hop'], startedAt: '2026-01-05T09:00:00.000Z' }
const ada = '4f2c1e3a-0000-4000-8000-000000000001'

function room(...entries: readonly Entry[]): Room {
  return entries.reduce(applied, emptyRoom(workshop))
}

function joined(given: Partial<Extract<Entry, { kind: 'joined' }>> = {}): Entry {
  const { passcode: _, ...person } = joinRequest({ participant: ada })
  return { kind: 'joined', at: '2026-01-05T09:00:01.000Z', ...person, tokenHash: '0'.repeat(64), ...given }
}

function reported(at: string, ...reports: ReturnType<typeof stepReport>[]): Entry {
  return { kind: 'reported', at, participant: ada, reports }
}

test('of each step the report with the highest number is kept, however often and in whatever order they come', () => {
  const report = fc
    .record({ seq: fc.integer({ min: 1, max: 12 }), step: fc.constantFrom('guess', 'ask', 'why') })
    .map(({ seq, step }) => stepReport({ seq, step, hints: seq }))
  fc.assert(
    fc.property(
      fc.array(fc.array(report, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 8 }),
      (batches) => {
        const { reports } = room(joined(), ...batches.map((batch) => reported('2026-01-05T09:01:00.000Z', ...batch)))
          .participants[0]!
        const highest = new Map<string, number>()
        for (const { step, seq } of batches.flat()) highest.set(step, Math.max(highest.get(step) ?? 0, seq))
        const kept = Object.values(reports).map(({ step, seq }): [string, number] => [step, seq])
        expect(new Map(kept)).toEqual(highest)
      },
    ),
  )
})

test('who joins again keeps what they did, under the new name', () => {
  const [first, ...others] = room(
    joined(),
    reported('2026-01-05T09:01:00.000Z', stepReport()),
    joined({ name: 'Ada L.', at: '2026-01-05T09:02:00.000Z', team: 'blue' }),
  ).participants
  expect(others).toEqual([])
  expect(first).toMatchObject({ name: 'Ada L.', team: 'blue', joinedAt: '2026-01-05T09:00:01.000Z' })
  expect(Object.keys(first!.reports)).toEqual(['one-hop/guess'])
})

test('a participant is at the step of the newest report, since it came', () => {
  const first = '2026-01-05T09:01:00.000Z'
  const second = '2026-01-05T09:02:00.000Z'
  const before = room(joined(), reported(first, stepReport({ seq: 1 })))
  expect(before.participants[0]!.at).toEqual({ lab: 'one-hop', step: 'guess', since: first })
  // The same step again: since the first time.
  const again = applied(before, reported(second, stepReport({ seq: 2, hints: 1 })))
  expect(again.participants[0]!.at).toEqual({ lab: 'one-hop', step: 'guess', since: first })
  // In one message what an earlier step turned out to be, and the step at hand.
  const both = [stepReport({ seq: 3, truths: { host: 'kept' } }), stepReport({ seq: 4, step: 'ask' })]
  const further = applied(again, reported(second, ...both))
  expect(further.participants[0]!.at).toEqual({ lab: 'one-hop', step: 'ask', since: second })
  // What comes late moves nobody back.
  const late = applied(further, reported(second, stepReport({ seq: 1, step: 'late' })))
  expect(late.participants[0]!.at).toEqual({ lab: 'one-hop', step: 'ask', since: second })
})

test('how long a step took is told by the participant’s own clock', () => {
  const [{ reports }] = room(
    joined(),
    reported('2026-01-05T09:20:00.000Z', stepReport({ seq: 1, at: '2026-01-05T09:01:00.000Z' })),
    reported('2026-01-05T09:21:00.000Z', stepReport({ seq: 2, at: '2026-01-05T09:03:00.000Z', done: true })),
    reported('2026-01-05T09:22:00.000Z', stepReport({ seq: 3, at: '2026-01-05T09:09:00.000Z', done: true })),
  ).participants as [Room['participants'][0]]
  expect(reports['one-hop/guess']).toMatchObject({
    begunAt: '2026-01-05T09:01:00.000Z',
    doneAt: '2026-01-05T09:03:00.000Z',
    receivedAt: '2026-01-05T09:22:00.000Z',
  })
})

test('reports of nobody change nothing', () => {
  const before = room(joined())
  const foreign: Entry = {
    ...reported('2026-01-05T09:01:00.000Z', stepReport()),
    participant: crypto.randomUUID(),
  } as Entry
  expect(applied(before, foreign).participants).toEqual(before.participants)
})

test('orders have a version; what the projector shows is nothing that participants are told', () => {
  const at = '2026-01-05T09:01:00.000Z'
  const change = (what: Extract<Entry, { kind: 'changed' }>['change']): Entry => ({ kind: 'changed', at, change: what })
  const pauseAt = { lab: 'one-hop', step: 'guess' }
  const now = room(change({ pauseAt }), change({ say: 'Hello' }), change({ endsAt: at }))
  expect(now.orders).toEqual({ version: 3, pauseAt, message: { id: 2, at, text: 'Hello' }, endsAt: at, isOver: false })
  const shows = { ...pauseAt, question: 'host' }
  const revealed = applied(applied(now, change({ show: shows })), change({ reveal: true }))
  expect(revealed.orders).toBe(now.orders)
  expect(revealed.projection).toEqual({ shows, isRevealed: true })
  expect(applied(revealed, change({ show: null })).projection).toEqual({ shows: null, isRevealed: false })
  expect(applied(revealed, change({ end: true })).orders).toMatchObject({ version: 4, isOver: true })
})

test('who is removed leaves the room with all that they did; numbers stay, and none is given twice', () => {
  const bo = ada.replace(/1$/, '2')
  const before = room(
    joined(),
    joined({ participant: bo, name: 'Bo' }),
    reported('2026-01-05T09:01:00.000Z', stepReport()),
  )
  expect(before.participants.map(({ name, number }) => [name, number])).toEqual([
    ['Ada', 1],
    ['Bo', 2],
  ])
  const after = applied(before, { kind: 'changed', at: '2026-01-05T09:02:00.000Z', change: { remove: ada } })
  expect(after.participants.map(({ name, number }) => [name, number])).toEqual([['Bo', 2]])
  expect(after.orders).toBe(before.orders)
  // What was on its way is nobody's.
  expect(applied(after, reported('2026-01-05T09:03:00.000Z', stepReport({ seq: 2 }))).participants).toHaveLength(1)
  const third = applied(after, joined({ participant: ada.replace(/1$/, '3'), name: 'Cy' }))
  expect(third.participants.map(({ name, number }) => [name, number])).toEqual([
    ['Bo', 2],
    ['Cy', 3],
  ])
})
