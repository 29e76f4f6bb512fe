import { expect, test } from 'vitest'
import type { TableBlock } from '../../src/comparison/finding.ts'
import { managedCost } from '../../src/comparison/findings/choice/managed-cost/index.ts'
import { readPrices } from '../../src/prices/file.ts'
import { usualTerms } from '../../src/prices/terms.ts'
import type { Month } from '../../src/scenario/scenario.ts'
import { plainPolicy, probeOf, roundOf, scenarioOf, scenarioRecordOf, subjectOf } from './record-parts.ts'

const withCache = {
  ...plainPolicy,
  cache: [{ path: '/products', ttlMs: 2000, key: ['path', 'query'] as const, coalesce: true, staleOnErrorMs: 0 }],
}

function recordOf(month: Month, { cpuUs = [50, 50, 50], policy = plainPolicy } = {}) {
  const rounds = cpuUs.flatMap((us, index) => [
    roundOf('direct', index, [{ ms: 1 }]),
    roundOf('nginx', index, [{ ms: 1 }], { cpuUs: us }),
    roundOf('nginx-lua', index, [{ ms: 1 }], { cpuUs: us * 2 }),
  ])
  const proof = [probeOf('cache', 'failed')]
  const subjects = [
    subjectOf('direct'),
    subjectOf('nginx'),
    subjectOf('nginx-lua', policy === withCache ? { proof } : {}),
  ]
  return scenarioRecordOf(scenarioOf({ month, policy }), subjects, rounds)
}

const titled = (blocks: readonly { kind: string }[], title: string): TableBlock =>
  blocks.find((block): block is TableBlock => 'title' in block && String(block.title).startsWith(title))!
const textOf = ({ rows }: TableBlock) => rows.map((row) => row.map(({ text }) => text))

test('a month on the service and on machines: the sums, the break-even, what nobody confirmed', () => {
  const { verdict, metrics } = managedCost.draw(recordOf({ requests: 50e6, bodyBytes: 1024 }))
  expect(verdict).toEqual([
    '50 million requests a month with answers of 1 KB cost 54 USD on AWS HTTP API and 123 USD (unconfirmed) on two machines (vm-ec2) with nginx.',
    'Machines (vm-ec2, price unconfirmed) cost less from 119 million requests a month on, against AWS HTTP API.',
    'Two of them carry 35 billion requests a month, as one cost nginx 50 µs of CPU in this run.',
    'This is arithmetic from price lists: nothing of AWS was measured, and its price rises with every request while a machine’s does not.',
    'Machines (vm-droplet, price unconfirmed) cost less from 33 million requests a month on, against AWS HTTP API.',
  ])
  expect(metrics['nginx']).toMatchObject({ machines: 2, breakEvenRequests: 119_136_001 })
  expect(metrics['nginx']!['monthlyCost']).toBeCloseTo(2 * 0.0816 * 730 + (50e6 * 1024 * 0.09) / 2 ** 30, 6)
})

test('more machines where the busiest hour takes them, and their number has the noise of the CPU time', () => {
  const { blocks, metrics } = managedCost.draw(recordOf({ requests: 50e9 }, { cpuUs: [40, 50, 60] }))
  // 50 billion by 730 hours, by three, at 50 µs: 2.85 cores of which half may be busy, two to a machine.
  expect(metrics['nginx']!['machines']).toBe(3)
  const nginx = textOf(titled(blocks, 'The bill')).find(([name]) => name === 'nginx')!
  expect(nginx[1]).toBe('3 to 4 machines (vm-ec2) for 50 µs a request, 40 – 60')
})

test('a policy that caches is held against a REST API with a cache; what fails or lacks a feature leads no sentence', () => {
  const { verdict, blocks } = managedCost.draw(recordOf({ requests: 1e6 }, { policy: withCache }))
  expect(verdict[0]).toContain('on AWS REST API, cache of 0.5 GB and')
  expect(verdict[0]).toContain('with nginx.')
  const rows = textOf(titled(blocks, 'The bill')).map((row) => [row[0], row.at(-1)])
  expect(rows).toEqual([
    ['AWS HTTP API', 'lacks caching'],
    ['AWS REST API', 'lacks caching'],
    ['AWS REST API, cache of 0.5 GB', 'all of it'],
    ['nginx', 'all of it'],
    ['nginx-lua', 'fails caching'],
  ])
})

test('where nothing is said of the month, the traffic of the scenario goes on for all of it', () => {
  const { verdict } = managedCost.draw(recordOf({}))
  // 200 a second for 730 hours.
  expect(verdict[0]).toMatch(/^526 million requests a month with answers of 900 B cost/)
  expect(managedCost.applies(scenarioOf())).toBe(false)
})

test('a reader’s prices go before EdgeLab’s, and are theirs to confirm', () => {
  const terms = readPrices(
    'formatVersion: 1\nprices:\n  ours: { what: a machine in our rack, per: month, vcpus: 8, amount: 10 }\n',
    'mine.yaml',
    usualTerms,
  )
  const { verdict, blocks } = managedCost.draw(recordOf({ requests: 50e6, bodyBytes: 0 }), terms)
  expect(verdict[0]).toContain('cost 50 USD on AWS HTTP API and 20 USD on two machines (ours) with nginx.')
  expect(textOf(titled(blocks, 'The prices')).find(([name]) => name === 'ours')).toContain('yours')
})

test('a system of which nothing can be said of its CPU has no bill', () => {
  const base = recordOf({ requests: 1e6 })
  const emulated = subjectOf('nginx', { kind: 'managed' })
  const { metrics, verdict } = managedCost.draw({ ...base, subjects: [subjectOf('direct'), emulated] })
  expect(metrics['nginx']).toEqual({ monthlyCost: expect.closeTo(1 + (1e6 * 900 * 0.09) / 2 ** 30, 6) })
  expect(verdict[0]).toContain('no system whose CPU time was measured did the whole policy, so machines have no price')
})

test('a quota bounds what one consumer adds to the bill', () => {
  const policy = { ...plainPolicy, quota: [{ path: '/products', requests: 240_000, period: 'day' as const }] }
  const { blocks } = managedCost.draw(recordOf({ requests: 50e6, bodyBytes: 0 }, { policy }))
  const said = blocks.flatMap((block) => (block.kind === 'note' ? [block.text] : []))
  // 730 hours are 30.4 days, at 3.50 USD a million.
  expect(said.find((text) => text.startsWith('One consumer'))).toMatch(
    /^One consumer with a quota of 240\u202f000 a day on \/products has at most 7.3 million requests a month, which are 26 USD on AWS REST API/,
  )
})
