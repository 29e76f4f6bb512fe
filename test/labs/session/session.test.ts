/** A session on real systems, the embedded ones: they are there everywhere. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Lab } from '../../../src/labs/file/lab.ts'
import { loadLab } from '../../../src/labs/file/load/load.ts'
import { newLabFiles } from '../../../src/labs/file/new-lab.ts'
import { freshStep, type Progress, type StepProgress } from '../../../src/labs/progress/progress.ts'
import { beginProgress, readProgress, saveProgress } from '../../../src/labs/progress/progress-store.ts'
import { openSession } from '../../../src/labs/session/open-session.ts'
import type { LabSession } from '../../../src/labs/session/session.ts'
import { writeFiles } from '../../../src/labs/session/workspace.ts'
import type { Dialogue } from '../../../src/views/linear/dialogue.ts'
import { blockLines } from '../../../src/views/text/blocks/blocks.ts'
import { isInterrupted } from '../../../src/views/text/lab/interruptible.ts'
import { playScript } from '../../../src/views/text/lab/script.ts'

// Each starts a dozen processes, beside those of two other files.
vi.setConfig({ testTimeout: 120_000 })

const options = { columns: 80, color: false, unicode: true }

let folder = ''
let open: LabSession | undefined

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'session-test-'))
  vi.stubEnv('EDGELAB_HOME', join(folder, 'home'))
})

afterEach(async () => {
  await open?.close()
  open = undefined
  vi.unstubAllEnvs()
  await rm(folder, { recursive: true, force: true })
})

async function shopLab(): Promise<Lab> {
  const files = newLabFiles('A shop', '../lab.schema.json')
  const text = files['lab.yaml']!.replace('nginx, ', '')
    .replace('nginx-lua, ', '')
    .replace('describe: The reverse proxy answers with the product', 'describe: "{{proxy}} answers as {{direct}} does"')
  await writeFiles({ ...files, 'lab.yaml': text }, join(folder, '07-shop'))
  return loadLab(join(folder, '07-shop'))
}

/** Where all before it was done, and `own` of the step itself. */
async function openAt(step: string, own: Partial<StepProgress> = {}): Promise<LabSession> {
  const lab = await shopLab()
  const before = lab.steps.slice(
    0,
    lab.steps.findIndex(({ id }) => id === step),
  )
  const begun = beginProgress(lab, new Date(), 1)
  const done = before.map(({ id }) => [id, { ...freshStep, done: true, committed: true }])
  const steps = Object.fromEntries([...done, [step, { ...freshStep, ...own }]])
  await saveProgress({ ...begun, at: step, steps })
  open = await openSession(lab, { runtime: 'processes', note: () => undefined, watch: true })
  return open
}

async function onDisk(): Promise<Progress> {
  const { progress } = await readProgress('shop')
  return progress!
}

test('a check is described with the names of those who play; who leaves while it is judged keeps what it said', async () => {
  const session = await openAt('fix')
  await session.act({ type: 'check' })
  expect(session.state().verdicts[0]?.describe).toBe('node-proxy answers as direct does')
  const before = (await onDisk()).steps['fix']
  expect(new Set(before?.verdicts.map(({ state }) => state))).toEqual(new Set(['wrong']))
  const checking = session.act({ type: 'check' })
  await vi.waitFor(() => expect(session.state().busy).toBe('checking'))
  await session.close()
  await checking
  expect((await onDisk()).steps['fix']).toEqual(before)
})

test('a file that is saved while the step is left is judged when it is saved again', async () => {
  const session = await openAt('fix', { done: true })
  const save = (text: string): Promise<void> => writeFiles({ 'shop.yaml': text }, session.workspace)
  const checking = session.act({ type: 'check' })
  await vi.waitFor(() => expect(session.state().busy).toContain('starting'))
  const leaving = session.act({ type: 'back' })
  await save('saved while something else goes on')
  await Promise.all([checking, leaving])
  await session.act({ type: 'next' })
  expect(session.state().verdicts).toEqual([])
  await save('nonsense')
  await vi.waitFor(() => expect(session.state().verdicts[0]?.expected).toBe('files that are accepted'), 10_000)
})

test('a script ends where the session does not go on', async () => {
  const session = await openAt('start')
  await session.close()
  const script = { answers: {}, write: async () => undefined, print: () => undefined, options }
  expect(await playScript(session, script)).toBe(false)
})

test('a script that is interrupted stops at once, and what it had begun is not kept', async () => {
  const session = await openAt('ask')
  const stop = new AbortController()
  const dialogue: Dialogue = {
    text: options,
    say: () => undefined,
    ask: async () => null,
    interruptible: (work) => work(stop.signal),
  }
  session.subscribe(() => session.state().busy !== null && stop.abort())
  const script = { answers: {}, write: async () => undefined, print: () => undefined, options }
  expect(await isInterrupted(session, dialogue, () => playScript(session, script))).toBe(true)
  expect((await onDisk()).steps['ask']?.done).toBe(false)
})

const textOf = (session: LabSession): string =>
  (session.state().tried.at(-1)?.blocks ?? [])
    .flatMap((block) => blockLines(block, { ...options, columns: 120 }))
    .join('\n')

test('a request of one’s own goes through everything that plays, side by side, and what runs is used again', async () => {
  const session = await openAt('look')
  const busy = new Set<string>()
  session.subscribe(() => busy.add(session.state().busy ?? ''))
  expect(await session.clients()).toEqual(['web'])
  await session.act({ type: 'try', text: '/products/7 as web with x-mine: yes' })
  expect(session.state()).toMatchObject({ problem: null, tried: [{ text: 'GET /products/7 as web with x-mine: yes' }] })
  const said = textOf(session)
  for (const label of ['direct  200', 'node-proxy  404', 'node-gateway  404']) expect(said).toContain(label)
  expect(said).toMatch(/requests +1 +0 +0/)
  expect(said).toMatch(/x-mine +yes/)
  expect(said).toMatch(/accept +application\/json/)
  expect(busy).toContain('starting what the request goes through')
  busy.clear()
  await session.act({ type: 'try', text: 'GET /product/7' })
  expect(busy).not.toContain('starting what the request goes through')
  expect(textOf(session)).toMatch(/requests +1 +1 +1/)
  expect(session.state().tried).toHaveLength(2)
})

test('a request that is not understood starts nothing, and a file with mistakes is named', async () => {
  const session = await openAt('fix')
  await vi.waitFor(() => expect(session.state().busy).toBeNull(), 30_000)
  await session.act({ type: 'try', text: '/products/7 as wbe' })
  expect(session.state().problem?.message).toBe('“wbe” is not a client of this lab; did you mean “web”?')
  await writeFiles({ 'shop.yaml': 'nonsense' }, session.workspace)
  await session.act({ type: 'try', text: '/products/7' })
  expect(session.state()).toMatchObject({ problem: { name: 'badInput' }, tried: [] })
})

test('what is tried at a task goes through what its checks use, with the files as they are', async () => {
  const session = await openAt('fix')
  await session.act({ type: 'try', text: '/products/7 as web' })
  expect(textOf(session)).toContain('node-proxy  404')
  await session.act({ type: 'skip' })
  const busy = new Set<string | null>()
  session.subscribe(() => busy.add(session.state().busy))
  await session.act({ type: 'try', text: '/products/7 as web' })
  expect(textOf(session)).toContain('node-proxy  200')
  expect(busy).not.toContain('starting what the request goes through')
  // The checks begin with systems that have no requests behind them.
  await session.act({ type: 'check' })
  expect(new Set(session.state().verdicts.map(({ state }) => state))).toEqual(new Set(['right']))
})

test('a task that was right and is broken by a later save is not left forwards, until it is mended', async () => {
  const session = await openAt('fix')
  const { files } = (await session.ending()).tasks[0]!.solutions[0]!
  const save = (text: string): Promise<void> => writeFiles({ 'shop.yaml': text }, session.workspace)
  await save(files[0]!.after)
  await vi.waitFor(() => expect(session.page()).toMatchObject({ done: true, brokenAgain: false }), 60_000)
  await save(files[0]!.before)
  await vi.waitFor(() => expect(session.page()).toMatchObject({ done: true, brokenAgain: true }), 60_000)
  await session.act({ type: 'next' })
  expect(session.state()).toMatchObject({ progress: { at: 'fix' }, problem: { name: 'notNow' } })
  await save(files[0]!.after)
  await vi.waitFor(() => expect(session.page().brokenAgain).toBe(false), 60_000)
  await session.act({ type: 'next' })
  expect(session.state().progress.at).toBe('recall')
}, 200_000)

test('the end shows the solution from where the learner began, and whether theirs is the same', async () => {
  const session = await openAt('fix')
  // The task was begun: its files are kept as they were.
  await session.act({ type: 'check' })
  const before = await session.ending()
  expect(before.tasks).toMatchObject([
    {
      step: 'fix',
      own: [],
      solutions: [
        { name: '', isOwn: false, files: [{ path: 'shop.yaml' }] },
        { name: 'everything', isOwn: false },
      ],
    },
  ])
  const [file] = before.tasks[0]!.solutions[0]!.files
  expect([file?.before, file?.after].map((text) => /path: (\/\w+)/.exec(text ?? '')?.[1])).toEqual([
    '/product',
    '/products',
  ])
  await writeFiles({ 'shop.yaml': `${file!.after}\n` }, session.workspace)
  expect((await session.ending()).tasks[0]).toMatchObject({
    own: [{ path: 'shop.yaml' }],
    solutions: [{ isOwn: true }, { isOwn: false }],
  })
})
