/** The README shows the matrix as it is declared: `UPDATE_GOLDEN=1` writes it anew. */
import { readFileSync, writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { matrixMarkdown } from '../../src/commands/matrix/text.ts'
import { declaredRow } from '../../src/matrix/declared.ts'
import { eachFeature } from '../../src/matrix/policy.ts'
import { launches } from '../../src/systems/index.ts'

const between = /(?<=<!-- edgelab matrix --markdown -->\n\n).*?(?=\n\n<!-- end of the matrix -->)/s

test('the matrix of the README is the one that the systems declare', () => {
  const readme = readFileSync('README.md', 'utf8')
  const scenario = eachFeature((consumer) => `key-of-${consumer}`)
  const declared = matrixMarkdown(launches().map(({ id }) => declaredRow(id, scenario)))
  if (process.env['UPDATE_GOLDEN'])
    writeFileSync(
      'README.md',
      readme.replace(between, () => declared),
    )
  expect(cellsOf(between.exec(readFileSync('README.md', 'utf8'))?.[0] ?? '')).toEqual(cellsOf(declared))
})

/** Whatever the formatter makes of columns and lines. */
function cellsOf(text: string): readonly string[] {
  return text.split(/[|\s]+/).map((word) => word.replace(/-{3,}/, '--'))
}
