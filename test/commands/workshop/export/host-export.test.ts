import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { runCommandLine } from '../../../../src/commands/command-line.ts'
import { ask, type HomeForHosts, homeForHosts, joinedAs } from '../../../workshop/host/here.ts'
import { stepReport } from '../../../workshop/people.ts'

let home: HomeForHosts
let out = ''
beforeEach(async () => {
  home = await homeForHosts()
  out = join(await mkdtemp(join(tmpdir(), 'edgelab-export-')), 'results')
  vi.spyOn(process.stdout, 'write').mockReturnValue(true)
})
afterEach(async () => {
  vi.restoreAllMocks()
  await home.remove()
  await rm(join(out, '..'), { recursive: true, force: true })
})
const written = (name: string): Promise<string> => readFile(join(out, name), 'utf8')

async function hostWithTwo(): Promise<void> {
  const host = await home.start({ title: 'At noon' })
  for (const name of ['=Ada', 'Bo']) {
    const { token } = await joinedAs(host, { name, team: 'blue' })
    const first = stepReport({ step: 'scene', answers: {}, confidence: null })
    const reports = [first, { ...first, seq: 2, at: '2026-01-05T09:01:30.000Z', done: true }]
    for (const report of reports) await ask(host, '/v1/reports', { token, body: { reports: [report] } })
  }
}

test('all forms, while the host runs: each cell, the data and the page', async () => {
  await hostWithTwo()
  expect(await runCommandLine(['host', 'export', '--out', out])).toBe(0)
  expect((await readdir(out)).toSorted()).toEqual(['answers.csv', 'figures.csv', 'room.html', 'room.json', 'steps.csv'])
  expect((await written('steps.csv')).split('\r\n').slice(1, 3)).toEqual([
    "'=Ada,blue,one-hop,scene,read,true,false,90,0,,",
    'Bo,blue,one-hop,scene,read,true,false,90,0,,',
  ])
  const { formatVersion, workshop, people } = JSON.parse(await written('room.json'))
  expect([formatVersion, workshop.title, people.length]).toEqual([1, 'At noon', 2])
  expect(await written('room.html')).toContain('<title>EdgeLab workshop: At noon</title>')
})

test('only what is asked for, and without names none is in it', async () => {
  await hostWithTwo()
  expect(await runCommandLine(['host', 'export', '--out', out, '--json', '--html', '--without-names'])).toBe(0)
  expect((await readdir(out)).toSorted()).toEqual(['room.html', 'room.json'])
  for (const name of ['room.html', 'room.json']) {
    expect(await written(name)).not.toMatch(/Ada|\bBo\b/)
    expect(await written(name)).toContain('Person 1')
  }
})

test('where no workshop was held, or none of that id, it says so', async () => {
  await expect(runCommandLine(['host', 'export', '--out', out])).rejects.toMatchObject({ name: 'noWorkshop' })
  await hostWithTwo()
  await expect(runCommandLine(['host', 'export', 'other', '--out', out])).rejects.toMatchObject({ name: 'noWorkshop' })
})
