import { describe, expect, it } from 'vitest'
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

describe('the referee', () => {
  const pair = (perSecond: number, by = 1) => ({
    label: 'nginx',
    connections: 4,
    driver: { perSecond, p50Us: 300, errors: 0 },
    referee: { perSecond: perSecond * by, p50Us: 320, errors: 0 },
  })
  const blocksOf = (checks: readonly ReturnType<typeof pair>[], holds = true): string => {
    const scenario = climbedScenario(systems)
    const referee = { tool: 'autocannon 9.0.0', holds, seen: 'In its self-test, it was seen.', checks }
    return JSON.stringify(findingOf({ ...scenario, capacity: { ...scenario.capacity!, referee } }).blocks)
  }

  it('stands beside the driver, and a disagreement in every pair is said', () => {
    const blocks = blocksOf([pair(10_000, 0.7), pair(9000, 0.85), pair(11_000, 0.6)])
    expect(blocks).toContain('Refereed by autocannon 9.0.0')
    expect(blocks).toContain('Through nginx the referee carried fewer requests in every pair')
  })

  it('does not disagree where its pairs lie on both sides', () => {
    const blocks = blocksOf([pair(10_000, 0.7), pair(9000, 1.02), pair(11_000, 0.6)])
    expect(blocks).toContain('Driver and referee do not disagree beyond noise about nginx.')
  })

  it('of one pair nothing is said; a failed self-test is', () => {
    expect(blocksOf([pair(10_000, 0.5)])).toContain('Too few pairs to say')
    const left = blocksOf([], false)
    expect(left).toContain('left out: its self-test failed. In its self-test, it was seen.')
    expect(left).not.toContain('Refereed by')
  })
})
