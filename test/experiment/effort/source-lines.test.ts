import { existsSync, readdirSync } from 'node:fs'
import { expect, test } from 'vitest'
import { countCode, sourceLines } from '../../../src/experiment/effort/source-lines.ts'
import { systems } from '../../../src/systems/index.ts'
import type { System } from '../../../src/systems/system.ts'

test.each([
  ['', 0],
  ['\n \n\t\n', 0],
  ['// only a comment\n  // another', 0],
  ['const one = 1 // with a comment', 1],
  ['/** What it is. */\nexport const two = 2\n', 1],
  ['/*\n * Over\n * lines.\n */\nlet three\n\nthree = 3', 2],
  ['call(\n  // why\n  4,\n)', 3],
])('%j has %i lines of code', (text, lines) => {
  expect(countCode(text)).toBe(lines)
})

test('a folder counts as all the files in it', () => {
  const folder = 'node-gateway/program/'
  const files = readdirSync(`src/systems/${folder}`)
  expect(files.length).toBeGreaterThan(2)
  expect(sourceLines([folder])).toBe(sourceLines(files.map((file) => `${folder}${file}`)))
  expect(sourceLines([])).toBe(0)
})

const own = Object.values<System>(systems).filter(({ sources }) => sources !== undefined)

test('every source of our own programs is there, and counted for one feature only', () => {
  expect(own.map(({ id }) => id)).toEqual(['node-proxy', 'node-gateway'])
  for (const { sources } of own) {
    const all = Object.values(sources ?? {}).flat()
    expect(all.filter((file) => !existsSync(`src/systems/${file}`))).toEqual([])
    expect(new Set(all).size).toBe(all.length)
  }
})

test.each(own.map((system) => [system.id, system] as const))(
  'all that %s has of its own counts: its program, and what the two programs share',
  (id, { sources }) => {
    const files = readdirSync('src/systems', { recursive: true })
      .map(String)
      .filter((file) => /^node-core\/(server|upstream|cache)\/.*\.ts$/.test(file) || file.startsWith(`${id}/program/`))
      .filter((file) => file.endsWith('.ts'))
    const named = Object.values(sources ?? {}).flat()
    expect(
      files.filter((file) => !named.some((name) => file === name || (name.endsWith('/') && file.startsWith(name)))),
    ).toEqual([])
  },
)

test('a source that is missing is said in words', () => {
  expect(() => sourceLines(['node-core/nothing.ts'])).toThrow(/sources of its own programs.*cannot be read/)
})
