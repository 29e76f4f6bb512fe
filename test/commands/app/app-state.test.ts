import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { keepCopy, lastChoice, rememberChoice } from '../../../src/commands/app/app-state.ts'

let home: string
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'app-state-'))
  vi.stubEnv('EDGELAB_HOME', home)
})
afterEach(() => {
  vi.unstubAllEnvs()
  rmSync(home, { recursive: true })
})

const choice = { scenarios: ['caching'], systems: ['direct', 'nginx'], effort: 'quick' } as const

test('the last choice comes back as it was', async () => {
  expect(await lastChoice()).toBeNull()
  await rememberChoice(choice)
  await rememberChoice({ ...choice, effort: 'publish' })
  expect(await lastChoice()).toEqual({ ...choice, effort: 'publish' })
})

test.each([
  '',
  '{"choice":',
  '{"choice":{"scenarios":["a"],"systems":["apache"],"effort":"quick"}}',
  '{"choice":{"effort":"quick"}}',
])('a damaged file is no choice: %s', async (text) => {
  writeFileSync(join(home, 'app.json'), text)
  expect(await lastChoice()).toBeNull()
})

test('what an earlier EdgeLab kept is proposed with the default effort', async () => {
  writeFileSync(join(home, 'app.json'), '{"choice":{"scenarios":["caching"],"systems":["nginx"],"rounds":12}}')
  expect(await lastChoice()).toEqual({ scenarios: ['caching'], systems: ['nginx'], effort: 'default' })
})

test('what was copied is kept whole', async () => {
  const text = 'curl -H "x: \u001b[2J" …\n'
  expect(readFileSync(await keepCopy(text), 'utf8')).toBe(text)
})

test('a state folder that cannot be is an error of the table', async () => {
  writeFileSync(join(home, 'file'), '')
  vi.stubEnv('EDGELAB_HOME', join(home, 'file'))
  await expect(rememberChoice(choice)).rejects.toMatchObject({ name: 'stateUnwritable' })
})
