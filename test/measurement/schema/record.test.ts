import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkRecord } from '../../../src/measurement/schema/record.ts'
import { sampleRecord } from '../../comparison/record-factory.ts'

const sample = sampleRecord()
/** One round of each scenario is enough to hold every kind of place. */
const small = { ...sample, scenarios: sample.scenarios.map((each) => ({ ...each, rounds: each.rounds.slice(0, 1) })) }

/** Every place in a document: the path to each of its members, none inside a dictionary of free keys. */
function probePaths(
  value: unknown,
  path: readonly (string | number)[] = [],
): readonly (readonly (string | number)[])[] {
  if (typeof value !== 'object' || value === null) return [path]
  const members = Array.isArray(value) ? value.slice(0, 2).entries() : Object.entries(value)
  return [...members].flatMap(([key, member]) => probePaths(member, [...path, key]))
}

function withValue(document: unknown, path: readonly (string | number)[], put: unknown): unknown {
  const [key, ...rest] = path
  if (key === undefined) return put
  if (Array.isArray(document)) return document.map((item, at) => (at === key ? withValue(item, rest, put) : item))
  const members = document as Record<string, unknown>
  return { ...members, [key]: withValue(members[key], rest, put) }
}

describe('checkRecord', () => {
  test('takes what a run writes, and gives it back as it was', () => {
    const value: unknown = JSON.parse(JSON.stringify(sample))
    expect(checkRecord(value)).toEqual(value)
  })

  test('keeps what it does not know: a later version may have added it', () => {
    const value = { ...sample, weather: 'rain' }
    expect(checkRecord(value)).toEqual(value)
  })

  test('a newer format is named before anything else is looked at', () => {
    expect(checkRecord({ formatVersion: 6 })).toBe('it has format version 6; this EdgeLab reads up to 5')
  })

  test('a value of the wrong type is refused wherever it is, with its place', () => {
    fc.assert(
      fc.property(fc.constantFrom(...probePaths(small)), (path) => {
        const checked = checkRecord(withValue(small, path, { not: ['this'] }))
        expect(checked).toBeTypeOf('string')
        expect(checked as string).toContain(String(path[0]))
      }),
      { numRuns: 200 },
    )
  })

  test('a histogram that was cut is refused when it is read, not when a finding needs it', () => {
    const [first, ...others] = sample.scenarios
    const [round, ...rounds] = first!.rounds
    const cut = { ...round!, lateness: round!.lateness.slice(0, 20) }
    const checked = checkRecord({ ...sample, scenarios: [{ ...first!, rounds: [cut, ...rounds] }, ...others] })
    expect(checked).toBe('scenarios.0.rounds.0.lateness: not a histogram')
  })

  test.each([null, 7, 'text', [], {}])('%j is no record', (value) => {
    expect(checkRecord(value)).toBeTypeOf('string')
  })
})
