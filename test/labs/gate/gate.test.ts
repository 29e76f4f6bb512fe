import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { loadLab } from '../../../src/labs/file/load/load.ts'
import { newLabFiles } from '../../../src/labs/file/new-lab.ts'
import { possibleCasts } from '../../../src/labs/gate/casts.ts'
import { passGate } from '../../../src/labs/gate/gate.ts'
import type { Rehearsal, Rehearsed } from '../../../src/labs/gate/rehearse.ts'
import type { Rule } from '../../../src/labs/gate/rule.ts'
import type { Tally } from '../../../src/labs/gate/task/tally.ts'
import type { Cast } from '../../../src/labs/run/cast.ts'
import { writeFiles } from '../../../src/labs/session/workspace.ts'
import { nginxRuns } from '../task-environment-here.ts'

type Files = Readonly<Record<string, string>>

interface Case {
  /** The folder of a lab; without it the one that `lab new` writes, changed by hand. */
  readonly lab?: string
  readonly change?: (files: Files) => Files
  readonly casts: (all: readonly Cast[]) => readonly Cast[]
}

const fixture = 'test/labs/fixture-lab/07-fixture'
const whyNoNginx = nginxRuns
  ? process.platform === 'linux'
    ? ''
    : 'loopback has one address only'
  : 'nginx is not here'
const unsure = (text: string): string =>
  text.replace(
    'label: It stops at the edge, when: otherwise',
    'label: x, when: { fact: ask.direct.origin.requests, is: ">=", than: 0 }',
  )

const cases = {
  oneOfEverything: { lab: fixture, casts: embedded },
  onNginx: { lab: fixture, casts: (all) => (whyNoNginx ? [] : all.slice(0, 1)) },
  misjudged: {
    casts: embedded,
    change: (files) => ({
      'wrong/too-deep/shop.yaml': files['solution/shop.yaml']!,
      'also/everything/shop.yaml': files['files/shop.yaml']!,
      'lab.yaml': files['lab.yaml']!.replace(
        'text: That route is for other requests.',
        'text: Ask `nginx.conf` of Kong.',
      ),
    }),
  },
  asWritten: { casts: embedded },
  unsolved: {
    casts: embedded,
    change: (files) => ({
      // The solution solves nothing.
      'solution/shop.yaml': files['files/shop.yaml']!,
      'lab.yaml': unsure(files['lab.yaml']!)
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
    }),
  },
  rightFromTheStart: {
    casts: embedded,
    change: (files) => ({
      'files/shop.yaml': files['solution/shop.yaml']!,
      'lab.yaml': unsure(files['lab.yaml']!),
    }),
  },
} satisfies Readonly<Record<string, Case>>

type CaseName = keyof typeof cases

let folder = ''
const came = new Map<CaseName, readonly Rehearsed[]>()

/** All labs in one go, as their authors do it: mostly a rehearsal waits. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gate-test-'))
  const asked = await Promise.all(
    Object.entries(cases).map(async ([name, each]) => [name as CaseName, await rehearsalsOf(name, each)] as const),
  )
  const ended = new Map<Rehearsal, Rehearsed>()
  await passGate(
    asked.flatMap(([, rehearsals]) => rehearsals),
    {
      ended: (rehearsal, outcome) => ended.set(rehearsal, outcome),
      note: () => undefined,
      signal: new AbortController().signal,
    },
  )
  for (const [name, rehearsals] of asked)
    came.set(
      name,
      rehearsals.map((each) => ended.get(each)!),
    )
}, 300_000)

afterAll(() => rm(folder, { recursive: true, force: true }))

async function rehearsalsOf(name: string, { lab, change, casts }: Case): Promise<readonly Rehearsal[]> {
  const place = lab ?? join(folder, name, '07-fixture')
  if (lab === undefined) {
    const files = newLabFiles('Slow origins', '../lab.schema.json')
    await writeFiles({ ...files, ...change?.(files) }, place)
  }
  const loaded = await loadLab(place)
  return casts(await possibleCasts(loaded, 'processes', () => undefined)).map((cast) => ({ lab: loaded, cast }))
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

test('a lab with one of everything keeps every rule, and the rules are these', () => {
  const outcome = came.get('oneOfEverything')!
  expect(brokenOnes(outcome)).toEqual([])
  expect(rulesOf(outcome).map(({ name }) => name)).toEqual([
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
  const [tally] = outcome[0]!.tallies
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
})

test('nginx: an address that is a constant, or a claim, does not pass for the client’s', ({ skip }) => {
  skip(whyNoNginx !== '', whyNoNginx)
  const outcome = came.get('onNginx')!
  expect(brokenOnes(outcome)).toEqual([])
  const { also, wrong } = outcome[0]!.tallies[0]!
  expect([...also, ...wrong].map(({ files, judged }) => [files, judged])).toEqual([
    ['also/by-hand', 'rightly'],
    ['wrong/constant', 'rightly'],
    ['wrong/claims', 'rightly'],
    ['wrong/quoted', 'skipped'],
  ])
})

test('a wrong solution that passes is told with the checks that should catch it; so is a right one that fails', () => {
  const outcome = came.get('misjudged')!
  const broken = new Map(brokenOnes(outcome))
  expect(broken.get('task fix: fails with wrong/too-deep')).toBe(
    'proxy-answers is right, and should catch it gateway-answers is right, and should catch it',
  )
  expect(broken.get('task fix: passes with also/everything')).toContain('proxy-answers is wrong: the status is 404')
  expect(broken.get('no text names a system that does not play')).toContain('fix: hint 2 names')
  expect(broken.size).toBe(3)
  expect(outcome[0]!.tallies[0]!.wrong.map(({ judged }) => judged)).toEqual(['rightly', 'rightly', 'wrongly'])
})

test('the lab that lab new writes passes', () => {
  const outcome = came.get('asWritten')!
  expect(outcome).toHaveLength(1)
  expect(brokenOnes(outcome)).toEqual([])
})

test('a lab that does not do what it says is told so, rule by rule', () => {
  const broken = brokenOnes(came.get('unsolved')!)
  expect(broken.map(([name]) => name)).toEqual([
    'task fix: passes with the solution',
    'task fix: passes with the solution, once more from fresh',
    'task fix: hint 1 is reached',
    'task fix: failWhen 1 speaks only of what is broken',
    'every fact in the texts is measured',
  ])
  expect(broken[0]![1]).toContain('proxy-answers is wrong: ')
  expect(broken[3]![1]).toBe('it holds in the starting files it holds with the solution')
})

test('a task that is right from the start is refused; so is a question with two right answers', () => {
  const broken = new Map(brokenOnes(came.get('rightFromTheStart')!))
  expect(broken.get('task fix: fails on the starting files')).toBe('every check is right already')
  expect(broken.has('task fix: fails again without the solution')).toBe(true)
  expect(broken.get('predict guess: reached.proxy has one right answer (node-proxy)')).toBe(
    'reached and stopped hold at once',
  )
})
