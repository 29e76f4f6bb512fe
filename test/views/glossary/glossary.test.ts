import { expect, test } from 'vitest'
import { glossary } from '../../../src/views/glossary/glossary.ts'

test('every word is there once, and words that are pointed to are there', () => {
  const names = glossary.map(({ name }) => name)
  expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([])
  const pointed = glossary.flatMap(({ name, see }) => see.map((other) => [name, other] as const))
  expect(pointed.filter(([name, other]) => name === other || !names.includes(other))).toEqual([])
})

test('a meaning fits below the list on the smallest screen', () => {
  for (const { name, text } of glossary) expect(text.length, name).toBeLessThanOrEqual(300)
})
