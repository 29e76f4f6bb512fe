import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

/** Phrases that stood in views once, and that nobody would say to a colleague. */
const unidiomatic = [
  /when its request was due/,
  /from when it was due/,
  /\badded up\b/,
  /what there is'/,
  /shows what there is/,
  /not to be had/,
  /has somebody to write/,
  /Not every proxy did all of that/,
  /with the extra and/,
]

test('what was put into idiomatic English stays so', () => {
  const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((file) => /\.(tsx?|mjs)$/.test(file))
  const found = files.flatMap((file) => {
    const text = readFileSync(join('src', file), 'utf8')
    return unidiomatic.filter((phrase) => phrase.test(text)).map((phrase) => `${file}: ${phrase.source}`)
  })
  expect(files.length).toBeGreaterThan(100)
  expect(found).toEqual([])
})
