import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { EdgeLabError } from '../../src/errors.ts'
import { loadScenario } from '../../src/scenario/load.ts'
import { shortened } from '../../src/scenario/schedule/shortened.ts'

const load = (text: string) =>
  loadScenario(text, 'shop.yaml', { systems: [], findings: [], makeKey: (consumer) => `key-of-${consumer}` })
const inSlices = readFileSync('scenarios/overhead.yaml', 'utf8').split('\nexpect:')[0]!
const text = `${inSlices}\nrounds: { quick: 3, full: 12 }\n`

test('what has no memory is measured in slices where the file does not say', () => {
  expect(load(text).measure).toBe('slices')
  expect(load(text.replace('policy:', 'measure: rounds\npolicy:')).measure).toBe('rounds')
})

test('what is measured in slices needs no rounds, everything else says how many', () => {
  expect(load(inSlices).measure).toBe('slices')
  const problem = problemOf(inSlices.replace('policy:', 'measure: rounds\npolicy:'))
  expect(problem).toMatchObject({ message: expect.stringContaining('measured as rounds says how often') })
})

test('a cache, a limit, a burst or a ramp needs rounds', () => {
  const cached = text.replace('  balancing:', '  cache: [{ path: /products, ttl: 1s }]\n  balancing:')
  expect(load(cached).measure).toBe('rounds')
  expect(load(text.replace('for: 1s, rate: 1000/s', 'for: 1s, atOnce: 10')).measure).toBe('rounds')
  expect(load(text.replace('for: 1s, rate: 1000/s', 'for: 1s, rate: 1000/s, to: 1500/s')).measure).toBe('rounds')
})

const problemOf = (wrong: string) => {
  try {
    load(wrong)
  } catch (error) {
    expect(error).toBeInstanceOf(EdgeLabError)
    return (error as EdgeLabError).problems[0]
  }
  return expect.unreachable()
}
const unpaced = text.replaceAll(/, rate: 1000\/s/g, '')

test('slices of a burst are refused, with the line', () => {
  const wrong = text
    .replace('policy:', 'measure: slices\npolicy:')
    .replace('for: 1s, rate: 1000/s', 'for: 1s, atOnce: 10')
  expect(problemOf(wrong)).toMatchObject({ line: 27, message: expect.stringContaining('measure: rounds') })
})

test('capacity has phases without a pace: each answer brings the next request', () => {
  const { measure, traffic } = load(unpaced.replace('policy:', 'measure: capacity\npolicy:'))
  expect(measure).toBe('capacity')
  expect(traffic.map(({ kind, forMs, measured }) => [kind, forMs, measured])).toEqual([
    ['closed', 300, false],
    ['closed', 1000, true],
  ])
})

test('a pace that capacity has no use for is a mistake, and so is none elsewhere', () => {
  const paced = problemOf(text.replace('policy:', 'measure: capacity\npolicy:'))
  expect(paced).toMatchObject({ line: 26, message: expect.stringContaining('leave out rate') })
  expect(problemOf(unpaced)).toMatchObject({ line: 25, message: 'a phase has either a rate or atOnce' })
})

test('a look shortens each phase where the scenario says so, and leaves its rates as they are', () => {
  const whole = load(text.replace('quick: 3', 'quickShare: 10%, quick: 3'))
  const look = shortened(whole)
  expect(look.traffic.map(({ forMs }) => forMs)).toEqual(whole.traffic.map(({ forMs }) => forMs / 10))
  expect(look.traffic[1]).toMatchObject({ fromPerSecond: 1000, toPerSecond: 1000 })
  expect(shortened(load(text))).toEqual(load(text))
})

test('an origin that fails at a time needs rounds, whole in a look as well', () => {
  const failing = text.replace(/body: product/, 'body: product, failing: { from: 1s, for: 500ms }')
  expect(load(failing).measure).toBe('rounds')
  expect(Object.values(load(failing).origins)[0]?.routes[0]?.failing).toEqual({ fromMs: 1000, forMs: 500 })
  expect(problemOf(failing.replace('policy:', 'measure: slices\npolicy:'))?.message).toContain('needs measure: rounds')
  expect(problemOf(failing.replace(/full: \d+/, '$&, quickShare: 50%'))?.message).toContain('leave quickShare out')
})

test('a slow instance is one of those that there are', () => {
  const slow = (instance: number) =>
    text.replace(/instances: \d+/, `instances: 2\n    slow: { instance: ${instance}, times: 10 }`)
  expect(Object.values(load(slow(2)).origins)[0]?.slow).toEqual({ instance: 2, times: 10 })
  expect(problemOf(slow(3))?.message).toContain('no instance of this number')
})
