import { expect, test } from 'vitest'
import type { Scenario } from '../../src/scenario/scenario.ts'
import { effortOptions, waysInWords } from '../../src/views/words/effort-words.ts'
import { sampleModel } from './sample-model.ts'

const [inRounds] = sampleModel.record.scenarios.map(({ scenario }) => scenario)
const inSlices: Scenario = { ...inRounds!, id: 'overhead', measure: 'slices' }

test('what each effort is good for, and how long it takes', () => {
  const [look, usual, record] = effortOptions([inRounds!, inSlices], 4)
  expect([look?.effort, usual?.effort, record?.effort]).toEqual(['quick', 'default', 'publish'])
  expect(look?.detail).toMatch(/^about \d+ (s|min): a first impression; nothing is claimed from it$/)
  expect(usual?.detail).toContain('intervals of ±5 % are aimed for')
  expect(record?.detail).toContain('±2 % is aimed for')
})

test('without slices no width is promised', () => {
  for (const { detail } of effortOptions([inRounds!], 4)) expect(detail).not.toContain('±')
})

test('each way of measuring is said once, with what is measured in it', () => {
  expect(waysInWords([inRounds!, inSlices, { ...inRounds!, id: 'other' }])).toEqual([
    expect.stringMatching(/^overhead: measured in short slices/),
    expect.stringMatching(/^caching and other: measured in rounds/),
  ])
})
