/** What stands above every screen while the reader takes part in a workshop. */
import type { ReactNode } from 'react'
import { afterEach, expect, test } from 'vitest'
import { useBody } from '../../../src/views/tui/app-context.tsx'
import { Frame } from '../../../src/views/tui/widgets/frame.tsx'
import { Lines } from '../../../src/views/tui/widgets/lines.tsx'
import type { ParticipationState } from '../../../src/workshop/participant/participation.ts'
import { sampleLab } from '../../labs/sample-lab.ts'
import { type OpenedApp, openOn } from './harness.tsx'

let app: OpenedApp
afterEach(() => app.close())

function Numbered(): ReactNode {
  const { rows } = useBody()
  return (
    <Frame title="Numbered" bindings={[]}>
      <Lines lines={Array.from({ length: rows }, (_, at) => `row ${at + 1} of ${rows}`)} height={rows} />
    </Frame>
  )
}

const orders = { version: 0, pauseAt: null, message: null, endsAt: null, isOver: false }
const connected: ParticipationState = {
  workshop: { id: 'w', title: 'Edges', labs: ['sample'] },
  connection: 'connected',
  why: '',
  waiting: { steps: 0, answers: 0 },
  orders,
}

function workshopHere() {
  const listeners = new Set<() => void>()
  let now = connected
  return {
    labs: [sampleLab],
    state: () => now,
    subscribe: (changed: () => void) => {
      listeners.add(changed)
      return () => listeners.delete(changed)
    },
    become: (next: ParticipationState) => {
      now = next
      for (const listener of listeners) listener()
    },
  }
}

test('one line above the frame, which has a row less; it follows what happens', async () => {
  const workshop = workshopHere()
  app = openOn(<Numbered />, { services: { workshop } })
  await app.shows('Workshop “Edges”: connected')
  expect(app.rows()[0]).toBe(' Workshop “Edges”: connected')
  expect(app.rows()[1]).toBe(' Numbered')
  await app.shows('row 19 of 19')
  expect(app.rows()).toHaveLength(24)
  expect(app.rows().at(-1)).toContain('quit')

  workshop.become({ ...connected, connection: 'offline', why: 'x', waiting: { steps: 1, answers: 3 } })
  await app.shows('offline, 3 answers wait')
  const paused = { ...orders, pauseAt: { lab: 'sample', step: 'guess' } }
  workshop.become({ ...connected, orders: paused })
  await app.shows('connected · paused at step 2 of lab 9')
})

test('a message of the facilitator, whatever is in it, takes three rows at most', async () => {
  const workshop = workshopHere()
  app = openOn(<Numbered />, { services: { workshop } })
  await app.shows('row 19 of 19')
  const text = `Look at \u001b[2J${'the projector '.repeat(18)}`.slice(0, 280)
  workshop.become({ ...connected, orders: { ...orders, message: { id: 3, at: '2026-01-02T03:04:05.000Z', text } } })
  await app.shows('The facilitator says: Look at \\x1b[2Jthe projector')
  await app.shows('row 16 of 16')
  expect(app.written()).not.toContain('\u001b[2Jthe')
})

test('without a workshop, and where there is no room for it, the screen has all rows', async () => {
  app = openOn(<Numbered />, { rows: 16, services: { workshop: workshopHere() } })
  await app.shows('row 12 of 12')
  expect(app.rows()[0]).toBe(' Numbered')
})
