import { describe, expect, test } from 'vitest'
import { changes } from '../../../../src/commands/workshop/host/facilitator-words.ts'
import { EdgeLabError } from '../../../../src/errors.ts'
import { ordersChangeSchema } from '../../../../src/workshop/protocol/messages.ts'
import { fixtureLab as lab } from '../../../views/lab-fixture.ts'

const other = { ...lab, id: 'other', number: 9, steps: lab.steps.filter(({ id }) => id === 'guess') }
const labs = [lab, other]
/** By this machine's clock. */
const now = new Date(2026, 0, 5, 14, 30)

function said(verb: string, ...words: string[]): unknown {
  const change = changes[verb]!(words, labs, now)
  expect(ordersChangeSchema.safeParse(change).success).toBe(true)
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
