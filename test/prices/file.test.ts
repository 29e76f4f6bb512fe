import { expect, test } from 'vitest'
import { EdgeLabError } from '../../src/errors.ts'
import { readPrices } from '../../src/prices/file.ts'
import { knownPrices } from '../../src/prices/known.ts'
import { usualTerms } from '../../src/prices/terms.ts'

const read = (text: string) => readPrices(text, 'mine.yaml', usualTerms)

test('what a reader gives goes before what EdgeLab knows, and is said to be theirs', () => {
  const { prices, assumptions } = read(`formatVersion: 1
prices:
  aws-rest-1: { amount: 3.1, region: eu-west-1, source: our invoice, date: 2026-11-01 }
  our-vm: { what: a machine in our rack, per: month, vcpus: 8, amount: 40, transfer: { gb: 1000, beyond: 0.02 } }
assume: { utilisation: 60%, leastMachines: 3 }
`)
  const named = (name: string) => prices.find((price) => price.name === name)
  expect(named('aws-rest-1')).toMatchObject({ amount: 3.1, millions: 333, region: 'eu-west-1', standing: 'yours' })
  expect(named('aws-rest-2')).toEqual(knownPrices.find(({ name }) => name === 'aws-rest-2'))
  expect(named('our-vm')).toMatchObject({ of: 'machine', vcpus: 8, currency: 'USD', source: 'your file' })
  expect(assumptions).toEqual({ ...usualTerms.assumptions, utilisation: 0.6, leastMachines: 3, machine: 'our-vm' })
})

test('every mistake is told at once, with its place', () => {
  const mistakes = (() => {
    try {
      read(`formatVersion: 1
prices:
  aws-rest-1: { amount: 3, vcpus: 2 }
  aws-rest-9: { amount: 3 }
  vm-ec2: { amount: 0.1, currency: EUR }
assume:
  machine: vm-ec3
`)
      return []
    } catch (error) {
      return (error as EdgeLabError).problems.map(({ line, message }) => `${line}: ${message}`)
    }
  })()
  expect(mistakes).toEqual([
    '3: aws-rest-1 is no machine, so it has no “vcpus”',
    '4: there is no price “aws-rest-9”; the nearest is aws-rest-1. A machine of your own also says what, per, vcpus',
    '5: EUR beside USD: sums need one currency; convert it, or give every price in EUR',
    '7: there is no machine “vm-ec3”; the nearest is vm-ec2',
  ])
  expect(() => read('formatVersion: 1\nassume: { utilisation: 160%, peek: 2 }\n')).toThrow(EdgeLabError)
})

test('every price says where and when it was read, and names are there once', () => {
  for (const { source, date, region, currency } of knownPrices) {
    expect(new URL(source).protocol).toBe('https:')
    expect(date).toMatch(/^\d{4}-\d{2}-\d{2}$/)
    expect([region, currency].every((text) => text !== '')).toBe(true)
  }
  expect(new Set(knownPrices.map(({ name }) => name)).size).toBe(knownPrices.length)
})
