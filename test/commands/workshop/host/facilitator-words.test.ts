import { describe, expect, test } from 'vitest'
import { changes } from '../../../../src/commands/workshop/host/facilitator-words.ts'
import { EdgeLabError } from '../../../../src/errors.ts'
import { hostChangeSchema } from '../../../../src/workshop/protocol/messages.ts'
import { applied, emptyRoom } from '../../../../src/workshop/room/apply.ts'
import type { Entry } from '../../../../src/workshop/room/entry.ts'
import { fixtureLab as lab } from '../../../views/lab-fixture.ts'
import { joinRequest } from '../../../workshop/people.ts'

const other = { ...lab, id: 'other', number: 9, steps: lab.steps.filter(({ id }) => id === 'guess') }
const labs = [lab, other]
/** By this machine's clock. */
const now = new Date(2026, 0, 5, 14, 30)

const participants = applied(
  applied(applied(emptyRoom({ id: 'w', title: 'W', labs: [], startedAt: '' }), joined(1, 'Ada')), joined(2, 'Bo')),
  joined(3, 'Ada'),
).participants

function joined(number: number, name: string): Entry {
  const { passcode: _, ...person } = joinRequest({ participant: idOf(number), name, team: 'blue' })
  return { kind: 'joined', at: '2026-01-05T09:00:00.000Z', tokenHash: '0'.repeat(64), ...person }
}

function idOf(number: number): string {
  return `4f2c1e3a-0000-4000-8000-00000000000${number}`
}

function said(verb: string, ...words: string[]): unknown {
  const change = changes[verb]!(words, { labs, participants, now })
  expect(hostChangeSchema.safeParse(change).success).toBe(true)
  return change
}

function refused(verb: string, ...words: string[]): string {
  try {
    said(verb, ...words)
  } catch (error) {
    if (error instanceof EdgeLabError) return `${error.message} ${error.hint}`
    throw error
  }
  return ''
}

test('say', () => {
  expect(said('say', 'Five', 'minutes')).toEqual({ say: 'Five minutes' })
  expect(refused('say')).toContain('nothing to say')
  expect(refused('say', 'x'.repeat(281))).toContain('281')
})

describe('pause', () => {
  test('at a step by its name, with the lab where several have it', () => {
    const only = lab.steps.find(({ id }) => id !== 'guess')!.id
    expect(said('pause', only)).toEqual({ pauseAt: { lab: lab.id, step: only } })
    expect(said('pause', `${other.id}/guess`)).toEqual({ pauseAt: { lab: other.id, step: 'guess' } })
    expect(said('pause', '9', 'guess')).toEqual({ pauseAt: { lab: other.id, step: 'guess' } })
    expect(refused('pause', 'guess')).toContain(`pause ${lab.id}/guess, pause other/guess`)
  })
  test('at a step that is not there', () => {
    expect(refused('pause', 'other/gues')).toContain('Did you mean guess?')
    expect(refused('pause')).toMatch(/At which step.*lab 9: guess/)
    expect(refused('pause', 'nowhere/guess')).toContain('nowhere/guess')
  })
})

test('release', () => {
  expect(said('release')).toEqual({ pauseAt: null })
})

test('remove: by name, in whatever case, or by number where several have it', () => {
  expect(said('remove', 'Bo')).toEqual({ remove: idOf(2) })
  expect(said('remove', 'bo')).toEqual({ remove: idOf(2) })
  expect(said('remove', '#3')).toEqual({ remove: idOf(3) })
  expect(refused('remove', 'Ada')).toContain('By number: remove #1 (team blue), remove #3 (team blue)')
  expect(refused('remove', 'Boo')).toContain('Nobody here is called “Boo”. Did you mean Bo?')
  expect(refused('remove', '#4')).toContain('Nobody here is called “#4”.')
  expect(refused('remove')).toContain('Whom?')
})

describe('end', () => {
  test('at a time of today, or after midnight', () => {
    expect(said('end', '15:30')).toEqual({ endsAt: new Date(2026, 0, 5, 15, 30).toISOString() })
    expect(said('end', '0:15')).toEqual({ endsAt: new Date(2026, 0, 6, 0, 15).toISOString() })
  })
  test('now, and no time at all', () => {
    expect(said('end', 'now')).toEqual({ end: true })
    expect(said('end', 'open')).toEqual({ endsAt: null })
  })
  test.each([['14:29'], ['24:00'], ['12:60'], ['soon'], ['']])('not “%s”', (time) => {
    expect(refused('end', time)).not.toBe('')
  })
})
