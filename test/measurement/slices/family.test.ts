import { describe, expect, test } from 'vitest'
import type { SystemRecord } from '../../../src/measurement/run-record.ts'
import { acceptedByBoth, familyOf } from '../../../src/measurement/slices/family.ts'
import type { SliceRecord } from '../../../src/measurement/slices/slice-record.ts'
import { declarations } from '../../../src/systems/declarations.ts'
import { scenarioOf, scenarioRecordOf, subjectOf } from '../../comparison/record-parts.ts'
import { sliceOf, slicesOf } from './slices-of.ts'

const subjects = [
  subjectOf('direct', { kind: 'baseline' }),
  subjectOf('nginx'),
  subjectOf('nginx', { label: 'nginx-2', duplicateOf: 'nginx' }),
  subjectOf('nginx-lua'),
]

const twoBlocks = (label: string, us: number, cpuNs: number | null): readonly SliceRecord[] =>
  [0, 1].map((block) => sliceOf(label, 0, block, { answers: [{ class: 0, latencyUs: [1, us, 9000] }], cpuNs }))

const slices = [
  ...twoBlocks('direct', 100, null),
  ...twoBlocks('nginx', 200, 3000),
  ...twoBlocks('nginx-2', 220, 3300),
  ...twoBlocks('nginx-lua', 300, 6000),
]

function familyWith(all: readonly SliceRecord[], people = subjects) {
  const record = { ...scenarioRecordOf(scenarioOf({ measure: 'slices' }), people, []), slices: slicesOf(all) }
  return familyOf(record, declarations())
}

const words = (all: readonly SliceRecord[], people = subjects): readonly string[] =>
  familyWith(all, people).map(({ metric, label, reference }) => `${metric} ${label}/${reference}`)

describe('the family', () => {
  test('p50 against direct, CPU against the one that is duplicated, and what builds on another against that', () => {
    expect(words(slices)).toEqual([
      'p50 nginx/direct',
      'p50 nginx-2/nginx',
      'p50 nginx-lua/direct',
      'p50 nginx-lua/nginx',
      'cpu nginx-2/nginx',
      'cpu nginx-lua/nginx',
    ])
    expect(familyWith(slices).map(({ isDuplicate }) => isDuplicate)).toEqual([false, true, false, false, true, false])
  })

  test('ratios are of the medians and of CPU per answer within a block', () => {
    const [p50, , , , , cpu] = familyWith(slices)
    expect(p50!.ratios.map(({ log }) => Math.exp(log))).toEqual([expect.closeTo(2), expect.closeTo(2)])
    expect(cpu!.ratios.map(({ log }) => Math.exp(log))).toEqual([expect.closeTo(2), expect.closeTo(2)])
  })

  test('a slice that was repeated does not count, nor does a block that one side lacks', () => {
    const doubtful = sliceOf('nginx', 0, 0, { answers: [{ class: 0, latencyUs: [9e6] }], repeated: true })
    expect(familyWith([doubtful, ...slices])).toEqual(familyWith(slices))
    const [p50] = familyWith(slices.filter(({ label, block }) => label !== 'direct' || block === 1))
    expect(p50!.ratios.map(({ block }) => block)).toEqual([1])
  })

  test('an answer that one side must not give is compared on neither', () => {
    const refused = slices.map((each) => ({ ...each, answers: [{ class: 2, latencyUs: [1, 2, 3] }, ...each.answers] }))
    expect(familyWith(refused)[0]).toEqual(familyWith(slices)[0])
    const record = { ...scenarioRecordOf(scenarioOf(), subjects, []), slices: slicesOf(slices) }
    expect([...acceptedByBoth(record, subjects[0]!, subjects[1]!)]).toEqual([0, 1])
  })

  test('without a duplicate CPU is compared to the first system that has any; what is emulated is compared to nothing', () => {
    const named = (label: string, kind: string): SystemRecord => subjectOf('nginx', { label, system: label, kind })
    const people = [...subjects.slice(0, 2), named('haproxy', 'proxy'), named('aws-api-gateway', 'managed')]
    const all = [...slices.slice(0, 4), ...twoBlocks('haproxy', 150, 2000), ...twoBlocks('aws-api-gateway', 1, 1)]
    expect(words(all, people)).toEqual(['p50 nginx/direct', 'p50 haproxy/direct', 'cpu haproxy/nginx'])
  })

  test('rounds have no family', () => {
    expect(familyOf(scenarioRecordOf(scenarioOf(), subjects, []))).toEqual([])
  })
})
