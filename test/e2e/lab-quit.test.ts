/** Whichever way a lab is left, in the middle of any step: it goes on at that step, nothing given is lost, nothing stays. */
import { readFileSync } from 'node:fs'
import { cp, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { until } from '../until.ts'
import { type Leaver, leaverOf, type Way } from './lab-leaver.ts'
import { patienceMs } from './learner.ts'
import { lacking, tmux } from './terminal.ts'

const lab = resolve('test/labs/fixture-lab/07-fixture')
/** Two people at a time: after kill -9, for one, a guardian waits for two seconds whether anything still comes to be. */
const lanes: readonly { readonly ways: readonly [Way, Way] }[] = [
  { ways: ['q', 'kill -9'] },
  { ways: ['Ctrl-C', 'closed window'] },
]

describe.skipIf(!tmux || process.platform !== 'linux')(`leaving a lab${lacking}`, () => {
  let kept = ''
  let leaver: Leaver
  beforeAll(async () => {
    kept = await mkdtemp(join(tmpdir(), 'lab-quit-kept-'))
    leaver = await leaverOf(lab)
  })
  afterAll(async () => {
    await leaver?.close()
    await rm(kept, { recursive: true, force: true })
  })
  /** For those who begin at the step that is at hand. */
  const keep = (name: 'at a run' | 'at a task'): Promise<void> => cp(leaver.home, join(kept, name), { recursive: true })

  test('reading and predicting', { timeout: 120_000 }, async () => {
    const { enter, leave } = leaver
    let here = await enter(1, 'Before you begin')
    await leave('closed window')
    here = await enter(1, 'Before you begin')
    await here.keys('n')
    await leaver.learner.arrives(2, 'Your guess')
    await leaver.learner.choose('Only the edge’s', 'Right')
    await leave('kill -9')
    here = await enter(2, 'Your guess')
    expect(await here.screen()).toMatch(
      /node-proxy +○ The client’s +● Only the edge’s\n +node-gateway ❯ ○ The client’s/,
    )
    await leaver.learner.choose('The client’s', 'Right')
    // In the middle of a number.
    await here.keys('2')
    await here.until('❯ 2▏')
    await leave('Ctrl-C')
    here = await enter(2, 'Your guess')
    await leaver.learner.find(/ 2 requests\n/)
    await leaver.learner.choose('fairly', 'Right')
    expect(await leaver.learner.commit()).toContain('Your answers are locked.')
    await here.keys('n')
    await leaver.learner.arrives(3, 'One request')
    await leave('q')
    await keep('at a run')
  })

  test('observing and explaining, in the middle of a word; a hint', { timeout: 120_000 }, async () => {
    const { enter, leave } = leaver
    let here = await enter(3, 'One request')
    await here.keys('r')
    await here.until('Next: What was there', patienceMs)
    await here.keys('n')
    await leaver.learner.arrives(4, 'What was there')
    await leaver.learner.choose('Yes')
    await leave('kill -9')
    here = await enter(4, 'What was there')
    await leaver.learner.find('● Yes')
    await leaver.learner.commit()
    await here.keys('n')
    await leaver.learner.arrives(5, 'Why')
    await here.keys('Enter')
    await here.until('letters write')
    await here.keys('-l', 'Nobody tel')
    await here.until('❯ Nobody tel▏')
    const progress = join(leaver.home, 'labs/fixture/progress.json')
    await until(
      'it is on the disk',
      () => readFileSync(progress, 'utf8'),
      (text) => text.includes('"Nobody tel"'),
    )
    await leave('kill -9')
    here = await enter(5, 'Why')
    await leaver.learner.find('Nobody tel')
    expect(await leaver.learner.commit()).toContain('n next')
    await here.keys('n')
    await leaver.learner.arrives(6, 'Some traffic')
    await here.keys('r')
    await here.until('Next: Tell the origin', patienceMs)
    await here.keys('n')
    await leaver.learner.arrives(7, 'Tell the origin')
    await leaver.learner.judged()
    await here.keys('h')
    await leaver.learner.find('Hint 1')
    await leave('q')
    await keep('at a task')
  })

  test('a task that is solved, and the quiz', { timeout: 120_000 }, async () => {
    const { enter, leave } = leaver
    let here = await enter(7, 'Tell the origin')
    await leaver.learner.find('Hint 1  Nothing in the file speaks of the client’s address.')
    await cp(join(lab, 'solution'), join(leaver.home, 'labs/fixture/files'), { recursive: true })
    await here.until('Next: Recall', patienceMs)
    await leave('closed window')
    here = await enter(7, 'Tell the origin')
    await here.until('Next: Recall')
    await here.keys('n')
    await leaver.learner.arrives(8, 'Recall')
    await leaver.learner.choose('The proxy')
    await leave('q')
    here = await enter(8, 'Recall')
    expect(await here.screen()).toContain('● The proxy')
    await here.keys('Enter')
    await here.until('This was the last step: the lab is finished.')
    await leave('Ctrl-C')
    await onlyTheLabIsKept(leaver, { task: true })
  })

  describe('with something under way', () => {
    test.concurrent.for(lanes)('a run: $ways', { timeout: 120_000 }, async ({ ways }, { expect }) => {
      const runner = await leaverOf(lab, join(kept, 'at a run'))
      try {
        for (const way of ways) {
          const here = await runner.enter(3, 'One request')
          expect(await here.screen()).toContain('Run it first.')
          await here.keys('r')
          await runner.somethingRuns()
          await here.until('the run is under way')
          await runner.leave(way)
        }
        const here = await runner.enter(3, 'One request')
        expect(await here.screen()).toContain('Run it first.')
        await runner.leave('closed window')
        await onlyTheLabIsKept(runner, { task: false })
      } finally {
        await runner.close()
      }
    })
  })

  describe('with systems that stand, or are being started', () => {
    test.concurrent.for(lanes)('a task: $ways', { timeout: 120_000 }, async ({ ways }, { expect }) => {
      const solver = await leaverOf(lab, join(kept, 'at a task'))
      try {
        for (const way of ways) {
          await solver.enter(7, 'Tell the origin')
          if (way === 'Ctrl-C' || way === 'kill -9') await solver.learner.judged()
          await solver.somethingRuns()
          await solver.leave(way)
        }
        await solver.enter(7, 'Tell the origin')
        expect(await solver.learner.find('Hint 1')).toContain('Hint 1')
        await solver.leave('closed window')
        await onlyTheLabIsKept(solver, { task: true })
      } finally {
        await solver.close()
      }
    })
  })
})

/** Nothing of what came and went is left in its folder; once a task was begun, its files as they were are. */
async function onlyTheLabIsKept({ home }: Leaver, { task }: { readonly task: boolean }): Promise<void> {
  const kept = [...(task ? ['before'] : []), 'files', 'progress.json']
  expect(await readdir(join(home, 'labs'))).toEqual(['fixture'])
  expect((await readdir(join(home, 'labs/fixture'))).sort()).toEqual(kept)
}
