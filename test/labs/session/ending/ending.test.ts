import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { loadLab } from '../../../../src/labs/file/load/load.ts'
import { type LabEnding, labEnding } from '../../../../src/labs/session/ending/ending.ts'
import type { SystemId } from '../../../../src/systems/index.ts'
import { sampleCast } from '../../sample-lab.ts'

const fixture = 'test/labs/fixture-lab/07-fixture'
const conf = 'native/nginx/nginx.conf'

let home = ''
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'ending-'))
  cpSync(join(fixture, 'files'), join(home, 'files'), { recursive: true })
})
afterEach(() => rmSync(home, { recursive: true }))

async function endingWith(system: SystemId): Promise<LabEnding> {
  const assignments = sampleCast.assignments.map((each) => (each.role === 'proxy' ? { ...each, system } : each))
  return labEnding(await loadLab(fixture), { ...sampleCast, assignments }, join(home, 'files'))
}

function write(path: string, text: string): void {
  mkdirSync(join(home, path, '..'), { recursive: true })
  writeFileSync(join(home, path), text)
}

const textOf = (folder: string): string => readFileSync(join(fixture, folder, conf), 'utf8')

test('solutions are those for who plays: an alternative that has nothing for it is left out', async () => {
  const [nginx] = (await endingWith('nginx')).tasks
  expect(nginx?.solutions.map(({ name, files }) => [name, files.map(({ path }) => path)])).toEqual([
    ['', [conf]],
    ['by-hand', [conf]],
  ])
  const [node] = (await endingWith('node-proxy')).tasks
  expect(node?.solutions.map(({ name, files }) => [name, files.map(({ path }) => path)])).toEqual([
    ['', ['native/node-proxy/edge.json']],
  ])
})

test('a solution starts from where the learner began, and theirs is known whichever way they went', async () => {
  write(join('before/fix', conf), 'as it was then\n')
  write(join('files', conf), textOf('also/by-hand'))
  const [task] = (await endingWith('nginx')).tasks
  expect(task?.own).toEqual([{ path: conf, before: 'as it was then\n', after: textOf('also/by-hand') }])
  expect(task?.solutions.map(({ name, isOwn, files }) => [name, isOwn, files[0]?.before])).toEqual([
    ['', false, 'as it was then\n'],
    ['by-hand', true, 'as it was then\n'],
  ])
})

test('nothing changed is no solution', async () => {
  const [task] = (await endingWith('nginx')).tasks
  expect(task).toMatchObject({ own: [], solutions: [{ isOwn: false }, { isOwn: false }] })
})
