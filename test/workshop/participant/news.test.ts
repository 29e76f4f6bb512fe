import { expect, test } from 'vitest'
import { workshopLine, workshopNews } from '../../../src/workshop/participant/news.ts'
import type { ParticipationState } from '../../../src/workshop/participant/participation.ts'
import type { Orders } from '../../../src/workshop/protocol/messages.ts'
import { sampleLab } from '../../labs/sample-lab.ts'

const orders: Orders = { version: 0, pauseAt: null, message: null, endsAt: null, isOver: false }

function stateOf(change: Partial<ParticipationState>, ordered: Partial<Orders> = {}): ParticipationState {
  return {
    workshop: { id: 'w', title: 'Edges', labs: ['sample'] },
    connection: 'connected',
    why: '',
    waiting: { steps: 0, answers: 0 },
    orders: { ...orders, ...ordered },
    ...change,
  }
}

const line = (change: Partial<ParticipationState>, ordered?: Partial<Orders>): string =>
  workshopLine(stateOf(change, ordered), [sampleLab])

test('one line for the header', () => {
  expect(line({})).toBe('Workshop “Edges”: connected')
  expect(line({ connection: 'connecting', orders: null })).toBe('Workshop “Edges”: looking for the host')
  expect(line({ connection: 'offline', waiting: { steps: 2, answers: 3 } })).toBe(
    'Workshop “Edges”: offline, 3 answers wait',
  )
  expect(line({ connection: 'offline', waiting: { steps: 1, answers: 1 } })).toContain('offline, 1 answer waits')
  const endsAt = new Date(2026, 0, 2, 15, 30).toISOString()
  expect(line({}, { pauseAt: { lab: 'sample', step: 'guess' }, endsAt })).toBe(
    'Workshop “Edges”: connected · paused at step 2 of lab 9 · ends at 15:30',
  )
  const removed = { connection: 'removed', why: 'edgelab join lets you in as somebody new' } as const
  expect(line(removed, { pauseAt: { lab: 'sample', step: 'guess' }, endsAt })).toBe(
    'Workshop “Edges”: you were removed from it; labs go on alone',
  )
  expect(line({}, { isOver: true })).toBe('Workshop “Edges” is over; labs go on alone')
})

test('what changed is said once, a sentence each', () => {
  const news = (before: ParticipationState | null, now: ParticipationState) => workshopNews(before, now, [sampleLab])
  const calm = stateOf({})
  expect(news(null, stateOf({ connection: 'connecting', orders: null }))).toEqual([])
  expect(news(null, calm)).toEqual(['Connected with the workshop “Edges”.'])
  const told = stateOf({}, { message: { id: 4, at: '2026-01-02T03:04:05.000Z', text: 'Break until three.' } })
  expect(news(calm, told)).toEqual(['The facilitator says: Break until three.'])
  expect(news(told, { ...told, waiting: { steps: 1, answers: 2 } })).toEqual([])
  const paused = stateOf({}, { pauseAt: { lab: 'sample', step: 'guess' } })
  expect(news(calm, paused)).toEqual(['The workshop is paused at step 2 of lab 9: nobody goes beyond it yet.'])
  expect(news(paused, calm)).toEqual(['The workshop goes on.'])
  const offline = stateOf({ connection: 'offline', why: 'nobody answers' })
  expect(news(calm, offline)).toEqual([
    'The workshop’s host is not reached: nobody answers. Go on; what you answer is kept and sent when it is back.',
  ])
  const removed = stateOf({ connection: 'removed', why: 'edgelab join lets you in as somebody new' })
  expect(news(paused, removed)).toEqual([
    'The facilitator has removed you from the workshop; edgelab join lets you in as somebody new. Labs go on alone; nothing more is told.',
  ])
  expect(news(removed, removed)).toEqual([])
  const over = stateOf({}, { isOver: true })
  expect(news(calm, over)).toHaveLength(1)
  expect(news(over, over)).toEqual([])
})
