import { expect, it } from 'vitest'
import { drawFindings } from '../../../src/comparison/findings/index.ts'
import { checkRecord } from '../../../src/measurement/schema/record.ts'
import { recordText } from '../../../src/measurement/store/store.ts'
import { type Carries, climbedScenario } from '../capacity-parts.ts'
import { recordOf } from '../record-parts.ts'

const systems: Readonly<Record<string, Carries>> = {
  direct: { aloneMs: 0.1, mostPerSecond: 20_000, cpuUs: null, driverBusy: 0.95 },
  nginx: { aloneMs: 0.2, mostPerSecond: 12_000, cpuUs: 40 },
  'node-proxy': { aloneMs: 0.5, mostPerSecond: 3000, cpuUs: 250 },
}
const findingOf = (scenario: ReturnType<typeof climbedScenario>) => {
  const all = drawFindings(recordOf([scenario]))
  return all.find(({ id }) => id === 'capacity')!
}

it('says how much was carried, and what stopped each', () => {
  const { verdict, metrics } = findingOf(climbedScenario(systems, { noise: 0.01 }))
  expect(verdict[0]).toMatch(
    /^This machine carried from .* requests a second through node-proxy with 2 connections to .* requests a second through nginx with 4 connections\.$/,
  )
  expect(verdict).toContain(
    'direct had used up the core of its origins, which is all that answers there; the driver’s core was full too, so it may carry more.',
  )
  expect(verdict).toContain(
    'nginx and node-proxy had used up the core that systems and origins share here, so that their capacity has the origins’ work in it.',
  )
  expect(metrics['nginx']!['perSecond']! / 12_000).toBeCloseTo(1, 1)
  expect(metrics['nginx']!['cpuUsPerRequest']).toBeCloseTo(40, 0)
  expect(metrics['nginx']!['errors']).toBe(0)
})

it('a ladder that is too short is said to be', () => {
  const { verdict } = findingOf(climbedScenario({ nginx: { aloneMs: 10, mostPerSecond: 1e6, cpuUs: 40 } }))
  expect(verdict.at(-1)).toBe('The ladder was too short for nginx: with more connections there may be more.')
})

it('one start is a look', () => {
  const { verdict } = findingOf(climbedScenario(systems, { starts: 1 }))
  expect(verdict[1]).toBe('One start is a look: none of these figures is a claim.')
})

it('is all that is said of such a scenario’s times', () => {
  const ids = drawFindings(recordOf([climbedScenario(systems)])).filter(({ scenario }) => scenario !== null)
  expect(ids.map(({ id }) => id)).toEqual(['capacity'])
})

it('a record with a ladder is read as it was written', () => {
  const record = recordOf([climbedScenario(systems)])
  const read = checkRecord(JSON.parse(recordText(record)))
  expect(read).toEqual(JSON.parse(JSON.stringify(record)))
  const wrong = { ...record.scenarios[0]!, capacity: { ...record.scenarios[0]!.capacity!, ladder: [1, 2] } }
  expect(checkRecord(JSON.parse(recordText(recordOf([wrong]))))).toMatch(/not on the ladder/)
})
