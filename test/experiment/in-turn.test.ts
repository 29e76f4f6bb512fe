import { expect, test } from 'vitest'
import type { ExperimentEvent } from '../../src/experiment/events.ts'
import { inTurn } from '../../src/experiment/proof/in-turn.ts'

test('what goes on side by side is told in order: the first at once, the others when those before them have ended', () => {
  const heard: string[] = []
  const hear = (event: ExperimentEvent): void => void ('label' in event && heard.push(String(event.label)))
  const [first, second, third] = inTurn(hear, 3)
  const starting = (label: string): ExperimentEvent => ({ type: 'subject-starting', scenario: 'overhead', label })
  third!.emit(starting('c1'))
  second!.emit(starting('b1'))
  first!.emit(starting('a1'))
  third!.ended()
  expect(heard).toEqual(['a1'])
  first!.ended()
  expect(heard).toEqual(['a1', 'b1'])
  second!.emit(starting('b2'))
  expect(heard).toEqual(['a1', 'b1', 'b2'])
  second!.ended()
  expect(heard).toEqual(['a1', 'b1', 'b2', 'c1'])
})
