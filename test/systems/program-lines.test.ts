import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import * as gateway from '../../src/systems/node-gateway/lines.ts'
import * as proxy from '../../src/systems/node-proxy/lines.ts'

/** Lines of code: without comments and blanks. */
function count(file: string): number {
  const text = readFileSync(`src/systems/${file}`, 'utf8').replaceAll(/\/\*.*?\*\//gs, '')
  return text.split('\n').filter((line) => line.trim() !== '' && !line.trim().startsWith('//')).length
}

test.each([
  ['node-proxy', proxy],
  ['node-gateway', gateway],
])('the lines that %s says it took are those of its sources', (_, { sources, programLines }) => {
  const counted = Object.entries<readonly string[]>(sources).map(([feature, files]) => [
    feature,
    files.reduce((sum, file) => sum + count(file), 0),
  ])
  expect(programLines).toMatchObject(Object.fromEntries(counted))
})
