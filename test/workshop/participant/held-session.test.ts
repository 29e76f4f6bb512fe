import { expect, test, vi } from 'vitest'
import { heldSession, isBeyond } from '../../../src/workshop/participant/held-session.ts'
import type { Orders } from '../../../src/workshop/protocol/messages.ts'
import { sampleLab } from '../../labs/sample-lab.ts'
import { sessionHere } from './session-here.ts'

function holdingAt(step: string | null) {
  const listeners = new Set<() => void>()
  let pause: Orders['pauseAt'] = step === null ? null : { lab: 'sample', step }
  let isHeard = true
  return {
    labs: ['sample', 'later'],
    pauseAt: () => pause,
    isHeard: () => isHeard,
    lose: () => {
      isHeard = false
      for (const listener of listeners) listener()
    },
    subscribe: (changed: () => void) => {
      listeners.add(changed)
      return () => listeners.delete(changed)
    },
    set: (to: Orders['pauseAt']) => {
      pause = to
      for (const listener of listeners) listener()
    },
  }
}

test('nobody goes beyond the step, and it says why; going back is possible', async () => {
  const holding = holdingAt('hello')
  const session = heldSession(sessionHere(), holding, false)
  await session.act({ type: 'next' })
  expect(session.page().id).toBe('hello')
  expect(session.state().problem?.message).toBe('The workshop is paused at this step.')
  expect(session.page().next).toContain('when the facilitator lets everybody go on')

  holding.set(null)
  expect(session.page().next).toBe('Next: Who answers (your prediction).')
  await session.act({ type: 'next' })
  expect(session.page().id).toBe('guess')
  expect(session.state().problem).toBeNull()

  // Who is beyond it already is not called back, but goes no further.
  holding.set({ lab: 'sample', step: 'hello' })
  await session.act({ type: 'back' })
  expect(session.page().id).toBe('hello')
  await session.act({ type: 'go', step: 'guess' })
  expect(session.page().id).toBe('hello')
})

test('while the host is not heard it says why it still holds, and how to go on without it', async () => {
  const holding = holdingAt('hello')
  const session = heldSession(sessionHere(), holding, false)
  holding.lose()
  await session.act({ type: 'next' })
  expect(session.page().id).toBe('hello')
  const { problem } = session.state()
  for (const said of [problem?.hint, session.page().next]) {
    expect(said).toContain('That was so when the host was last heard')
    expect(said).toContain(`lab ${sampleLab.number}`)
  }
})

test('what the lab itself refuses keeps its own reason', async () => {
  const session = heldSession(sessionHere(), holdingAt('why'), false)
  await session.act({ type: 'next' })
  await session.act({ type: 'next' })
  expect(session.state().problem?.message).toBe('This step is not finished.')
  expect(session.page().next).toBe('Commit your prediction first.')
})

test('the state is the same object until something changes', async () => {
  const holding = holdingAt('hello')
  const session = heldSession(sessionHere(), holding, false)
  const changed = vi.fn()
  session.subscribe(changed)
  const before = session.state()
  expect(session.state()).toBe(before)
  await session.act({ type: 'next' })
  const refused = session.state()
  expect(refused).not.toBe(before)
  expect(session.state()).toBe(refused)
  // What the page says of the pause is another then.
  holding.lose()
  const alone = session.state()
  expect(alone).not.toBe(refused)
  expect(session.state()).toBe(alone)
  holding.set(null)
  expect(session.state()).not.toBe(alone)
  expect(changed).toHaveBeenCalledTimes(3)
})

test('who is patient waits for the release, or for the end', async () => {
  const holding = holdingAt('hello')
  const session = heldSession(sessionHere(), holding, true)
  const went = session.act({ type: 'next' })
  await Promise.resolve()
  expect(session.page().id).toBe('hello')
  holding.set({ lab: 'sample', step: 'guess' })
  await went
  expect(session.page().id).toBe('guess')

  holding.set({ lab: 'sample', step: 'hello' })
  await session.act({ type: 'back' })
  const waiting = session.act({ type: 'next' })
  await session.close()
  await waiting
  expect(session.page().id).toBe('hello')
})

test('a pause holds the labs after it too, and none of before', () => {
  const later = { ...sampleLab, id: 'later' }
  const labs = ['first', 'sample', 'later']
  const pause = { lab: 'sample', step: 'look' }
  expect(isBeyond(labs, pause, sampleLab, 'look')).toBe(false)
  expect(isBeyond(labs, pause, sampleLab, 'why')).toBe(true)
  expect(isBeyond(labs, pause, later, 'hello')).toBe(true)
  expect(isBeyond(labs, pause, { ...sampleLab, id: 'first' }, 'quiz')).toBe(false)
  expect(isBeyond(labs, pause, { ...sampleLab, id: 'elsewhere' }, 'quiz')).toBe(false)
  // A step that this version of the lab does not have holds nobody.
  expect(isBeyond(labs, { lab: 'sample', step: 'gone' }, sampleLab, 'quiz')).toBe(false)
})
