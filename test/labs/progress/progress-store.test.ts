import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Request } from '../../../src/http/request.ts'
import { edgelabHome, labHome } from '../../../src/labs/progress/home.ts'
import { freshStep, type Progress } from '../../../src/labs/progress/progress.ts'
import {
  beginProgress,
  fitProgress,
  loadProgress,
  readProgress,
  saveProgress,
  setAside,
} from '../../../src/labs/progress/progress-store.ts'
import { freshProgress, sampleLab, sampleObservation } from '../sample-lab.ts'

const now = new Date('2026-03-04T05:06:07Z')
const outer = process.env['EDGELAB_HOME']
let home = ''

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'progress-test-'))
  process.env['EDGELAB_HOME'] = home
})

afterEach(async () => {
  if (outer === undefined) delete process.env['EDGELAB_HOME']
  else process.env['EDGELAB_HOME'] = outer
  await rm(home, { recursive: true, force: true })
})

const full: Progress = {
  ...freshProgress,
  at: 'fix',
  steps: {
    guess: { ...freshStep, done: true, committed: true, confidence: 3, answers: { 'status.proxy': 'ok' } },
    ask: { ...freshStep, done: true, observation: sampleObservation },
    fix: {
      ...freshStep,
      hints: [2, 0],
      tries: 4,
      verdicts: [
        { id: 'client', describe: 'd', state: 'unknown', request: 'r', expected: 'e', received: 'g', difference: '…' },
      ],
    },
  },
}

test('the home: EDGELAB_HOME, else the XDG state folder, else the one in the home folder', () => {
  expect(edgelabHome({ EDGELAB_HOME: '/a', XDG_STATE_HOME: '/b' })).toBe('/a')
  expect(edgelabHome({ EDGELAB_HOME: '', XDG_STATE_HOME: '/b' })).toBe('/b/edgelab')
  expect(edgelabHome({})).toMatch(/\/\.local\/state\/edgelab$/)
})

test('a figure that no answer gave does not make the file unreadable', async () => {
  const metrics = { nginx: { offload: 0.8, hitP50Ms: Number.NaN } }
  const finding = { id: 'caching' as const, scenario: 's', title: 't', question: 'q', verdict: [], blocks: [], metrics }
  const observation = { ...sampleObservation, findings: [finding] }
  await saveProgress({ ...full, steps: { ask: { ...freshStep, done: true, observation } } })
  const { progress, note } = await loadProgress('sample', now)
  expect(note).toBe('')
  expect(progress?.steps['ask']?.observation?.findings[0]?.metrics).toEqual({ nginx: { offload: 0.8 } })
})

test('what was saved is read again; nothing else lies beside it', async () => {
  expect(await loadProgress('sample', now)).toEqual({ progress: null, note: '' })
  await saveProgress(full)
  expect(await loadProgress('sample', now)).toEqual({ progress: full, note: '' })
  expect(await readdir(labHome('sample').folder)).toEqual(['progress.json'])
})

test('what a version before this one saved is read: headers were objects, and every request was a GET', async () => {
  await saveProgress(full)
  const path = labHome('sample').progress
  const old = JSON.stringify(full, (key, value) => {
    if (key === 'headers') return Object.fromEntries(value)
    if (key === 'last') return value.map(({ path, headers }: Request) => ({ path, headers }))
    return key === 'formatVersion' ? 1 : value
  })
  expect(old).not.toBe(JSON.stringify({ ...full, formatVersion: 1 }))
  await writeFile(path, old)
  expect(await loadProgress('sample', now)).toEqual({ progress: full, note: '' })
})

test.each([
  ['cut', (text: string) => text.slice(0, 200), 'it is not JSON, or cut'],
  ['empty', () => '', 'it is not JSON, or cut'],
  ['of another version', (text: string) => text.replace('"formatVersion": 2', '"formatVersion": 3'), 'formatVersion: '],
  ['with a wrong type', (text: string) => text.replace('"tries": 4', '"tries": "4"'), 'steps.fix.tries: '],
  ['of another lab', (text: string) => text.replace('"sample"', '"other"'), 'it belongs to the lab “other”'],
])('a file that is %s is set aside and said so', async (_, damage, why) => {
  await saveProgress(full)
  const path = labHome('sample').progress
  const damaged = damage(await readFile(path, 'utf8'))
  await writeFile(path, damaged)
  expect((await readProgress('sample')).damaged).toContain(why)
  const { progress, note } = await loadProgress('sample', now)
  expect(progress).toBeNull()
  expect(note).toContain(`could not be read (${why}`)
  const aside = join(dirname(path), 'progress.json.damaged-2026-03-04T050607.000Z')
  expect(note).toContain(aside)
  expect(await readFile(aside, 'utf8')).toBe(damaged)
  expect(await loadProgress('sample', now)).toEqual({ progress: null, note: '' })
})

test.skipIf(process.platform !== 'linux')('a full disk is said as such; what was saved stays', async () => {
  await saveProgress(full)
  await symlink('/dev/full', `${labHome('sample').progress}.${process.pid}.tmp`)
  await expect(saveProgress({ ...full, at: 'quiz' })).rejects.toMatchObject({
    name: 'stateUnwritable',
    exitCode: 3,
    message: expect.stringContaining('no space is left on the disk'),
  })
  expect((await readProgress('sample')).progress?.at).toBe('fix')
})

test('a home that is a file is no progress, and cannot be written', async () => {
  process.env['EDGELAB_HOME'] = join(home, 'file')
  await writeFile(join(home, 'file'), '')
  expect(await loadProgress('sample', now)).toEqual({ progress: null, note: '' })
  await expect(saveProgress(full)).rejects.toMatchObject({ name: 'stateUnwritable' })
})

test('a lab begins at its first step, with a seed of its own', () => {
  expect(beginProgress(sampleLab, now, 7)).toMatchObject({ at: 'hello', seed: 7, startedAt: now.toISOString() })
})

test('begun anew, what was there is put aside whole', async () => {
  expect(await setAside('sample', now)).toBeNull()
  await saveProgress(full)
  await mkdir(labHome('sample').workspace)
  const aside = await setAside('sample', now)
  expect(await readdir(aside!)).toEqual(['files', 'progress.json'])
  expect(await loadProgress('sample', now)).toEqual({ progress: null, note: '' })
})

test('where the step at hand is gone from the lab, the first unfinished one is next and nothing is lost', () => {
  expect(fitProgress(sampleLab, full)).toBe(full)
  const fitted = fitProgress(sampleLab, { ...full, at: 'gone' })
  expect(fitted).toEqual({ ...full, at: 'hello' })
})

async function lastSaid(child: ChildProcess, atLeast: number): Promise<() => number> {
  let said = 0
  const reached = Promise.withResolvers<void>()
  createInterface({ input: child.stdout! }).on('line', (line) => {
    said = Number(line)
    if (said >= atLeast) reached.resolve()
  })
  await reached.promise
  return () => said
}

test('killed at any moment, what was said to be saved is there', async () => {
  await mkdir(home, { recursive: true })
  for (const atLeast of [1, 3, 8]) {
    const child = spawn(process.execPath, ['test/labs/learner-to-kill.ts'], {
      env: { ...process.env, EDGELAB_HOME: home },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const said = await lastSaid(child, atLeast)
    child.kill('SIGKILL')
    await once(child, 'close')
    const { progress, note } = await loadProgress('sample', now)
    expect(note).toBe('')
    expect(Number(progress?.steps['guess']?.answers['seen'])).toBeGreaterThanOrEqual(said())
  }
})
