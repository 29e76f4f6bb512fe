import { expect, test } from 'vitest'
import { looksFor, looksOfCast, seriesLooks } from '../../../src/views/evidence/looks.ts'

import { fixtureCast } from '../lab-fixture.ts'

const run = ['direct', 'nginx', 'haproxy', 'envoy'].map((label) => ({ label }))
const twice = { label: 'nginx-2', duplicateOf: 'nginx' }

test('a system once more has its original’s colour and an empty marker, and takes no other’s place', () => {
  const looks = looksFor([run[0]!, run[1]!, twice, run[2]!, run[3]!])
  expect(looks.get('nginx-2')).toEqual({ slot: 1, hollow: true })
  expect(looks.get('envoy')).toEqual({ slot: 3, hollow: false })
  expect(looks).toEqual(
    new Map(
      [...looksFor([...run, twice])].toSorted(
        ([a], [b]) => [...looks.keys()].indexOf(a) - [...looks.keys()].indexOf(b),
      ),
    ),
  )
})

test('a chart that leaves a system out does not shift the others', () => {
  const looks = looksFor(run)
  expect(seriesLooks(['envoy', 'direct'], looks).map(({ slot }) => slot)).toEqual([3, 0])
})

test('what is no system takes what no system of its chart has', () => {
  const looks = looksFor(run)
  expect(seriesLooks(['ideal', 'direct', 'haproxy', 'limit'], looks).map(({ slot }) => slot)).toEqual([1, 0, 2, 3])
})

test('in a lab the baseline comes first, then the roles, whichever of them a chart shows', () => {
  const looks = looksOfCast(fixtureCast)
  expect(looks.get('direct')).toEqual({ slot: 0, hollow: false })
  expect([...looks.keys()].slice(1)).toEqual(fixtureCast.assignments.map(({ label }) => label))
})
