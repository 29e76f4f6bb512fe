import { expect, test } from 'vitest'
import type { TaskStep } from '../../../src/labs/file/lab.ts'
import { questionRules } from '../../../src/labs/gate/outcomes.ts'
import { alsoAttempt, wrongAttempt } from '../../../src/labs/gate/task/attempts.ts'
import { isUnclear, type Judgement, type Pass } from '../../../src/labs/gate/task/judgement.ts'
import { taskRules } from '../../../src/labs/gate/task/rules.ts'
import { beginProgress } from '../../../src/labs/progress/progress-store.ts'
import { sampleLab } from '../sample-lab.ts'
import { castOf } from '../task-environment-here.ts'

const fix = sampleLab.steps.find((step): step is TaskStep => step.type === 'task')!

function judgement(state: 'right' | 'wrong' | 'unknown'): Judgement {
  const verdict = { id: 'client', describe: '', state, request: '', expected: 'a', received: 'b', difference: '' }
  return { verdicts: [verdict], facts: (path) => (path === 'check.client' ? state : undefined) }
}

const pass: Pass = {
  start: judgement('wrong'),
  solved: judgement('right'),
  undone: judgement('wrong'),
  tried: new Map(),
}

function brokenIn(step: TaskStep, isOwn: boolean): readonly (readonly string[])[] {
  const tally = { task: step.id, solution: [], also: [], wrong: [] }
  const rules = taskRules(step, [pass, pass], tally, step.edit, isOwn)
  return rules.flatMap(({ name, kept, details }) => (kept ? [] : [[name, ...details]]))
}

test('EdgeLab’s own labs must have three wrong solutions and another right one; others are warned', () => {
  const hintless = { ...fix, hints: [] }
  expect(brokenIn(hintless, true)).toEqual([
    ['task fix: at least 3 wrong solutions and 1 other right one are given', 'there are 0 and 0'],
  ])
  expect(brokenIn(hintless, false)).toEqual([])
  const wrong = ['a', 'b', 'c'].map((files) => ({ files, caught: ['client'] }))
  expect(brokenIn({ ...hintless, wrong, also: ['d'] }, true)).toEqual([])
})

test('a hint must be reached, unless it speaks of others than those who play', () => {
  const reached = (hint: TaskStep['hints'][number]): number =>
    brokenIn({ ...fix, hints: [hint] }, false).filter(([name]) => name === 'task fix: hint 1 is reached').length
  expect(reached({ when: { fact: 'check.client', is: '=', than: 'wrong' }, text: '' })).toBe(0)
  expect(reached({ when: { fact: 'check.client', is: '=', than: 'never' }, text: '' })).toBe(1)
})

test('a wrong solution is judged rightly where every check that is named is wrong, and by no others', () => {
  const named = { files: 'wrong/a', caught: ['client'] }
  expect(wrongAttempt(named, judgement('wrong')).judged).toBe('rightly')
  expect(wrongAttempt(named, judgement('right'))).toMatchObject({
    judged: 'wrongly',
    details: ['client is right, and should catch it'],
  })
  expect(wrongAttempt(named, judgement('unknown'))).toMatchObject({
    judged: 'wrongly',
    details: ['client is unknown: expected a, received b'],
  })
  expect(wrongAttempt(named, undefined).judged).toBe('skipped')
  expect(alsoAttempt('also/a', judgement('right')).judged).toBe('rightly')
  expect(alsoAttempt('also/a', judgement('wrong')).judged).toBe('wrongly')
})

test('a question about what no run showed is as unclear as an unknown verdict; one that nothing answers is not', () => {
  const told = questionRules(sampleLab, castOf(sampleLab.roles), beginProgress(sampleLab, new Date(), 7))
  const choices = told.filter(({ details }) => details.some((detail) => detail.startsWith('cannot be told')))
  expect(choices.length).toBeGreaterThan(0)
  expect(choices.every(({ kept, details }) => !kept && details.every(isUnclear))).toBe(true)
  expect(isUnclear('client is unknown: this machine was too busy')).toBe(true)
  expect(isUnclear('none of the options holds')).toBe(false)
})
