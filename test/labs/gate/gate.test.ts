import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { loadLab } from '../../../src/labs/file/load/load.ts'
import { newLabFiles } from '../../../src/labs/file/new-lab.ts'
import { possibleCasts } from '../../../src/labs/gate/casts.ts'
import { passGate } from '../../../src/labs/gate/gate.ts'
import type { Rehearsed } from '../../../src/labs/gate/rehearse.ts'
import type { Rule } from '../../../src/labs/gate/rule.ts'
import type { Tally } from '../../../src/labs/gate/task/tally.ts'
import type { Cast } from '../../../src/labs/run/cast.ts'
import { writeFiles } from '../../../src/labs/session/workspace.ts'
import { nginxRuns } from '../task-environment-here.ts'

const never = new AbortController().signal
let folder = ''

beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), 'gate-test-')), '07-fixture')
})

afterEach(() => rm(join(folder, '..'), { recursive: true, force: true }))

/** What came of all casts, one cast after another. */
async function gate(lab: string, casts: (all: readonly Cast[]) => readonly Cast[]): Promise<readonly Rehearsed[]> {
  const loaded = await loadLab(lab)
  const rehearsals = casts(await possibleCasts(loaded, 'processes', () => undefined)).map((cast) => ({
    lab: loaded,
    cast,
  }))
  const ended = new Map<Cast, Rehearsed>()
  await passGate(rehearsals, {
    ended: ({ cast }, came) => ended.set(cast, came),
    note: () => undefined,
    signal: never,
  })
  return rehearsals.map(({ cast }) => ended.get(cast)!)
}

function rulesOf(came: readonly Rehearsed[]): readonly Rule[] {
  return came.flatMap(({ rules }) => rules)
}

function brokenOnes(came: readonly Rehearsed[]): readonly (readonly [string, string])[] {
  return rulesOf(came).flatMap(({ name, kept, details }) => (kept ? [] : [[name, details.join(' ')] as const]))
}

/** The embedded systems only: they are there everywhere. */
function embedded(all: readonly Cast[]): readonly Cast[] {
  return all.filter(({ assignments }) => assignments.every(({ system }) => system.startsWith('node-')))
}

/** The lab that `lab new` writes, changed by hand. */
async function newLab(change: (files: Readonly<Record<string, string>>) => Record<string, string>): Promise<string> {
  const files = newLabFiles('Slow origins', '../lab.schema.json')
  await writeFiles({ ...files, ...change(files) }, folder)
  return folder
}

test('a lab with one of everything keeps every rule, and the rules are these', async () => {
  const came = await gate('test/labs/fixture-lab/07-fixture', embedded)
  expect(brokenOnes(came)).toEqual([])
  expect(rulesOf(came).map(({ name }) => name)).toEqual([
    'run ask: every system takes part',
    'run measured: every system takes part',
    'task fix: fails on the starting files',
    'task fix: passes with the solution',
    'task fix: fails again without the solution',
    'task fix: fails on the starting files, once more from fresh',
    'task fix: passes with the solution, once more from fresh',
    'task fix: fails again without the solution, once more from fresh',
    'task fix: passes with also/by-hand',
    'task fix: fails with wrong/constant',
    'task fix: fails with wrong/claims',
    'task fix: fails with wrong/quoted',
    'task fix: at least 3 wrong solutions and 1 other right one are given',
    'task fix: hint 1 is reached',
    'task fix: failWhen 1 speaks only of what is broken',
    'predict guess: seen.proxy has one right answer (node-proxy)',
    'predict guess: seen.gateway has one right answer (node-gateway)',
    'predict guess: requests has one right answer',
    'observe look: same has one right answer',
    'explain why: how it came out is said',
    'every fact in the texts is measured',
    'no text names a system that does not play',
  ])
  const judged = (attempts: Tally['wrong']): unknown => attempts.map(({ files, judged }) => [files, judged])
  const [tally] = came[0]!.tallies
  expect(judged(tally!.solution)).toEqual([
    ['solution', 'rightly'],
    ['solution', 'rightly'],
  ])
  expect(judged(tally!.also)).toEqual([['also/by-hand', 'skipped']])
  expect(judged(tally!.wrong)).toEqual([
    ['wrong/constant', 'skipped'],
    ['wrong/claims', 'skipped'],
    ['wrong/quoted', 'rightly'],
  ])
}, 120_000)

test('nginx: an address that is a constant, or a claim, does not pass for the client’s', async (context) => {
  if (!nginxRuns) return context.skip('nginx is not here')
  if (process.platform !== 'linux') return context.skip('loopback has one address only')
  const came = await gate('test/labs/fixture-lab/07-fixture', (all) => all.slice(0, 1))
  expect(brokenOnes(came)).toEqual([])
  const { also, wrong } = came[0]!.tallies[0]!
  expect([...also, ...wrong].map(({ files, judged }) => [files, judged])).toEqual([
    ['also/by-hand', 'rightly'],
    ['wrong/constant', 'rightly'],
    ['wrong/claims', 'rightly'],
    ['wrong/quoted', 'skipped'],
  ])
}, 120_000)

test('a wrong solution that passes is told with the checks that should catch it; so is a right one that fails', async () => {
  const lab = await newLab((files) => ({
    'wrong/too-deep/shop.yaml': files['solution/shop.yaml']!,
    'also/everything/shop.yaml': files['files/shop.yaml']!,
    'lab.yaml': files['lab.yaml']!.replace(
      'text: That route is for other requests.',
      'text: Ask `nginx.conf` of Kong.',
    ),
  }))
  const came = await gate(lab, embedded)
  const broken = new Map(brokenOnes(came))
  expect(broken.get('task fix: fails with wrong/too-deep')).toBe(
    'proxy-answers is right, and should catch it gateway-answers is right, and should catch it',
  )
  expect(broken.get('task fix: passes with also/everything')).toContain('proxy-answers is wrong: the status is 404')
  expect(broken.get('no text names a system that does not play')).toContain('fix: hint 2 names')
  expect(broken.size).toBe(3)
  expect(came[0]!.tallies[0]!.wrong.map(({ judged }) => judged)).toEqual(['rightly', 'rightly', 'wrongly'])
}, 120_000)

test('the lab that lab new writes passes', async () => {
  expect(brokenOnes(await gate(await newLab(() => ({})), embedded))).toEqual([])
}, 120_000)

test('a lab that does not do what it says is told so, rule by rule', async () => {
  const lab = await newLab((files) => ({
    // The solution solves nothing.
    'solution/shop.yaml': files['files/shop.yaml']!,
    'lab.yaml': files['lab.yaml']!.replace(
      'label: It stops at the edge, when: otherwise',
      'label: x, when: { fact: ask.direct.origin.requests, is: ">=", than: 0 }',
    )
      .replace('path: /product,', 'nobody writes this')
      .replace(
        'text: A route takes its own path',
        'text: "{{fact ask.proxy.answers.read.7.status}}: a route takes its own path',
      )
      .replace('everything below it.', 'everything below it."')
      .replace(
        '    states: [states/other-origin]',
        `    failWhen: [{ when: { fact: check.proxy-answers, is: "=", than: wrong }, say: No. }]
    states: [states/other-origin]`,
      ),
  }))
  const broken = brokenOnes(await gate(lab, embedded))
  expect(broken.map(([name]) => name)).toEqual([
    'task fix: passes with the solution',
    'task fix: passes with the solution, once more from fresh',
    'task fix: hint 1 is reached',
    'task fix: failWhen 1 speaks only of what is broken',
    'every fact in the texts is measured',
  ])
  expect(broken[0]![1]).toContain('proxy-answers is wrong: ')
  expect(broken[3]![1]).toBe('it holds in the starting files it holds with the solution')
}, 120_000)

test('a task that is right from the start is refused; so is a question with two right answers', async () => {
  const lab = await newLab((files) => ({
    'files/shop.yaml': files['solution/shop.yaml']!,
    'lab.yaml': files['lab.yaml']!.replace(
      'label: It stops at the edge, when: otherwise',
      'label: x, when: { fact: ask.direct.origin.requests, is: ">=", than: 0 }',
    ),
  }))
  const broken = new Map(brokenOnes(await gate(lab, embedded)))
  expect(broken.get('task fix: fails on the starting files')).toBe('every check is right already')
  expect(broken.has('task fix: fails again without the solution')).toBe(true)
  expect(broken.get('predict guess: reached.proxy has one right answer (node-proxy)')).toBe(
    'reached and stopped hold at once',
  )
}, 120_000)
