import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { batchOf } from '../../../src/workshop/participant/told/batch-of.ts'
import { openOutbox } from '../../../src/workshop/participant/told/outbox.ts'
import type { Told } from '../../../src/workshop/participant/told/reports-of.ts'

let folder: string
let path: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'outbox-'))
  path = join(folder, 'outbox.json')
})
afterEach(() => rm(folder, { recursive: true }))

function told(step: string, more: Partial<Told> = {}): Told {
  const nothing = { answers: {}, confidence: null, truths: {}, figures: {}, checks: null, hints: 0 }
  return { lab: 'sample', step, ...nothing, done: false, skipped: false, ...more }
}

test('what changed is numbered, the step at hand last; what did not is not told again', async () => {
  const outbox = await openOutbox(path)
  await outbox.tell([told('hello', { done: true }), told('guess')], 'guess')
  expect(outbox.waiting().map(({ seq, step }) => [seq, step])).toEqual([
    [1, 'hello'],
    [2, 'guess'],
  ])
  await outbox.kept([1, 2])
  expect(await outbox.tell([told('hello', { done: true }), told('guess')], 'guess')).toBe(false)
  expect(outbox.waiting()).toEqual([])
  // Truths of a prediction come with a run: the run is where the learner is.
  await outbox.tell([told('hello', { done: true }), told('guess', { truths: { seen: '3' } }), told('ask')], 'ask')
  expect(outbox.waiting().map(({ seq, step }) => [seq, step])).toEqual([
    [3, 'guess'],
    [4, 'ask'],
  ])
})

test('going back is told, as the step at hand alone', async () => {
  const outbox = await openOutbox(path)
  const both = [told('hello', { done: true }), told('guess')]
  await outbox.tell(both, 'guess')
  await outbox.kept([1, 2])
  await outbox.tell(both, 'hello')
  expect(outbox.waiting().map(({ seq, step }) => [seq, step])).toEqual([[3, 'hello']])
})

test('a newer report of a step takes the place of one that waits', async () => {
  const outbox = await openOutbox(path)
  await outbox.tell([told('guess')], 'guess')
  await outbox.tell([told('guess', { answers: { seen: '3' }, done: true })], 'guess')
  expect(outbox.waiting()).toMatchObject([{ seq: 2, answers: { seen: '3' } }])
  // That the host has the older one changes nothing.
  await outbox.kept([1])
  expect(outbox.waiting()).toHaveLength(1)
})

test('it is on the disk, for this user alone, and opened again it goes on', async () => {
  const before = await openOutbox(path)
  await before.tell([told('hello', { done: true }), told('guess', { answers: { seen: '3' } })], 'guess')
  await before.kept([1])
  expect((await stat(path)).mode & 0o777).toBe(0o600)
  const after = await openOutbox(path)
  expect(after.waiting()).toMatchObject([{ seq: 2, answers: { seen: '3' } }])
  // Nothing is new: it is the same progress, perhaps with its members in another order.
  expect(await after.tell([told('guess', { answers: { seen: '3' } })], 'guess')).toBe(true)
  expect(after.waiting()).toMatchObject([{ seq: 2 }])
})

test('a damaged file is set aside, and numbers stay above all that were given', async () => {
  await writeFile(path, '{"formatVersion":1,"seq":')
  const outbox = await openOutbox(path, () => new Date('2026-01-02T03:04:05Z'))
  await outbox.tell([told('guess')], 'guess')
  expect(outbox.waiting()[0]?.seq).toBeGreaterThan(1_000_000)
  expect((await readdir(folder)).sort()).toEqual(['outbox.json', 'outbox.json.damaged-2026-01-02T030405.000Z'])
  expect(JSON.parse(await readFile(path, 'utf8'))).toMatchObject({ formatVersion: 1 })
})

test('a batch is what one request takes', async () => {
  const outbox = await openOutbox(path)
  const figures = Object.fromEntries(Array.from({ length: 60 }, (_, at) => [`proxy.latency.figure${at}`, at / 3]))
  await outbox.tell(
    Array.from({ length: 130 }, (_, at) => told(`step-${at}`, { figures: at < 60 ? figures : {} })),
    'step-129',
  )
  const waiting = outbox.waiting()
  const batches: number[] = []
  for (let from = 0; from < waiting.length; ) {
    const batch = batchOf(waiting.slice(from))
    expect(JSON.stringify({ reports: batch }).length).toBeLessThan(64 * 1024)
    expect(batch.length).toBeLessThanOrEqual(100)
    batches.push(batch.length)
    from += batch.length
  }
  expect(batches.reduce((sum, each) => sum + each, 0)).toBe(130)
  expect(batches.length).toBeLessThan(6)
})
