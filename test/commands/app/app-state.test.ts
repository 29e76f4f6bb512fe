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

const choice = { scenarios: ['caching'], systems: ['direct', 'nginx'], rounds: 12 } as const

test('the last choice comes back as it was', async () => {
  expect(await lastChoice()).toBeNull()
  await rememberChoice(choice)
  await rememberChoice({ ...choice, rounds: 'full' })
  expect(await lastChoice()).toEqual({ ...choice, rounds: 'full' })
})

test.each([
  '',
  '{"choice":',
  '{"choice":{"scenarios":["a"],"systems":["apache"],"rounds":1}}',
  '{"choice":{"rounds":0}}',
])('a damaged file is no choice: %s', async (text) => {
  writeFileSync(join(home, 'app.json'), text)
  expect(await lastChoice()).toBeNull()
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
