/** What derives from the registry of systems. */
import { existsSync, readdirSync } from 'node:fs'
import { expect, test } from 'vitest'
import { images, launches, systemIds, systems } from '../../src/systems/index.ts'

test('a system has the name of its key and of its folder', () => {
  expect(Object.values(systems).map(({ id }) => id)).toEqual(systemIds)
  expect(systemIds.filter((id) => !existsSync(`src/systems/${id}/index.ts`))).toEqual([])
})

test('every folder of a system is registered, and nothing else is', () => {
  const folders = readdirSync('src/systems').filter((name) => existsSync(`src/systems/${name}/index.ts`))
  expect(folders.sort()).toEqual([...systemIds].sort())
})

test('images have names and tags of their own, and each launch has its image among them', () => {
  for (const key of ['name', 'pinned', 'offline'] as const) {
    const given = images.map((image) => image[key]).filter((each) => each !== null)
    expect(new Set(given).size).toBe(given.length)
  }
  expect(launches().filter(({ launch }) => !images.includes(launch.image))).toEqual([])
  expect(images[0]?.name).toBe('node')
})

test('every program that a system starts is built from the system’s folder', () => {
  const programs = launches().flatMap(({ launch: { executable } }) =>
    executable.kind === 'program' ? [executable.program] : [],
  )
  expect(programs.length).toBeGreaterThan(0)
  expect(programs.filter((name) => !existsSync(`src/systems/${name}/program/main.ts`))).toEqual([])
  expect(programs.filter((name) => !existsSync(`dist/programs/${name}.mjs`))).toEqual([])
})
