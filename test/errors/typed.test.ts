import { expect, test } from 'vitest'
import { asTyped } from '../../src/errors/typed.ts'

const text =
  'To see them all: edgelab lab list; edgelab --help lists the commands. Not in /opt/edgelab run nor my-edgelab run.'

test('commands are printed as this copy is called', () => {
  expect(asTyped(text, 'npm start --')).toBe(
    'To see them all: npm start -- lab list; npm start -- --help lists the commands. Not in /opt/edgelab run nor my-edgelab run.',
  )
  expect(asTyped('What edgelab keeps: edgelab report', 'npx edgelab')).toBe('What edgelab keeps: npx edgelab report')
})

test('they stay as they are where the program itself was called', () => {
  expect(asTyped(text, '')).toBe(text)
  expect(asTyped(text, undefined)).toBe(text)
})
