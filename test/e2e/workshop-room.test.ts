/** A small room of real processes; the bench plays it with twenty. */
import { expect, test } from 'vitest'
import { playRoom } from '../../bench/room/play.ts'

test('a host that is killed and people who are cut off: every answer arrives once and only once', async () => {
  const { faults, atKill, inTheEnd } = await playRoom({ participants: 4, cutMs: 2000 })
  expect(faults).toEqual([])
  expect(atKill).toBeLessThan(inTheEnd)
  expect(inTheEnd).toBe(4)
}, 150_000)
