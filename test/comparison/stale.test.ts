/** What clients get while the origin fails, by when their requests were due. */
import { expect, test } from 'vitest'
import { failingOf } from '../../src/comparison/findings/behaviour/caching/failing.ts'
import { caching } from '../../src/comparison/findings/behaviour/caching/index.ts'
import { slowingOf } from '../../src/comparison/findings/behaviour/caching/slowing.ts'
import { failingRecord, slowRecord } from './behaviour-records.ts'
import { scenarioOf } from './record-parts.ts'

test('what was due while the origin failed counts, and the first error is said from the beginning of the failure', () => {
  const { metrics, verdict } = caching.draw(failingRecord(400))
  expect(metrics['nginx']?.['answeredWhileFailing']).toBeCloseTo(0.4)
  expect(verdict[0]).toMatch(
    /^nginx answered 40 % of the requests in the .* in which the origin failed; the first error came after 400 ms\.$/,
  )
})

test('who answers everything shows nobody an error; who holds nothing fails at once', () => {
  expect(caching.draw(failingRecord(1000)).verdict[0]).toContain('answered 100 % of the requests')
  expect(caching.draw(failingRecord(1000)).verdict[0]).toContain('nobody saw an error')
  expect(caching.draw(failingRecord(0)).verdict[0]).toContain('the first error came at once')
})

test('a client who also asks for what does not fail is not counted', () => {
  const { scenario } = failingRecord(0)
  expect(failingOf(scenario)?.clients).toEqual(['web'])
  expect(failingOf(scenarioOf())).toBeUndefined()
})

test('who waited while the origin was slow, of its whole seconds', () => {
  const { metrics, verdict, blocks } = caching.draw(slowRecord(2))
  expect(metrics['nginx']?.['waitedWhileSlow']).toBeCloseTo(0.2)
  expect(verdict[0]).toBe('nginx let 20 % of the requests wait while the origin took 400 ms longer.')
  const table = blocks.find((block) => block.kind === 'table' && block.title === 'While the origin was slow')
  expect(table?.kind === 'table' && table.rows[0]?.map(({ text }) => text)).toEqual(['nginx', '20', '4', '20 %'])
  expect(caching.draw(slowRecord(0)).metrics['nginx']?.['waitedWhileSlow']).toBe(0)
  expect(slowingOf(slowRecord(0).scenario)?.clients).toEqual(['web'])
  expect(slowingOf(failingRecord(0).scenario)).toBeUndefined()
})
