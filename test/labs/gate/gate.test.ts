import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { loadLab } from '../../../src/labs/file/load/load.ts'
import { newLabFiles } from '../../../src/labs/file/new-lab.ts'
import { possibleCasts } from '../../../src/labs/gate/casts.ts'
import { passGate } from '../../../src/labs/gate/gate.ts'
import type { Rule } from '../../../src/labs/gate/rule.ts'
import type { Cast } from '../../../src/labs/run/cast.ts'
import { writeFiles } from '../../../src/labs/session/workspace.ts'

const never = new AbortController().signal
let folder = ''

beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), 'gate-test-')), '07-fixture')
})

afterEach(() => rm(join(folder, '..'), { recursive: true, force: true }))

/** The rules of all casts, one cast after another. */
async function gate(lab: string, casts: (all: readonly Cast[]) => readonly Cast[]): Promise<readonly Rule[]> {
  const loaded = await loadLab(lab)
  const rehearsals = casts(await possibleCasts(loaded, 'processes', () => undefined)).map((cast) => ({
    lab: loaded,
    cast,
  }))
  const ended = new Map<Cast, readonly Rule[]>()
  await passGate(rehearsals, {
    ended: ({ cast }, rules) => ended.set(cast, rules),
    note: () => undefined,
    signal: never,
  })
  return rehearsals.flatMap(({ cast }) => ended.get(cast)!)
}

function brokenOnes(rules: readonly Rule[]): readonly (readonly [string, string])[] {
  return rules.flatMap(({ name, kept, details }) => (kept ? [] : [[name, details.join(' ')] as const]))
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
  const rules = await gate('test/labs/fixture-lab/07-fixture', embedded)
  expect(brokenOnes(rules)).toEqual([])
  expect(rules.map(({ name }) => name)).toEqual([
    'run ask: every system takes part',
    'run measured: every system takes part',
    'task fix: fails on the starting files',
    'task fix: passes with the solution',
    'task fix: fails again without the solution',
    'task fix: fails on the starting files, once more from fresh',
    'task fix: passes with the solution, once more from fresh',
    'task fix: fails again without the solution, once more from fresh',
    'task fix: hint 1 is reached',
    'task fix: failWhen 1 speaks only of what is broken',
    'predict guess: seen.proxy has one right answer (node-proxy)',
    'predict guess: seen.gateway has one right answer (node-gateway)',
    'predict guess: requests has one right answer',
    'observe look: same has one right answer',
    'explain why: how it came out is said',
    'every fact in the texts is measured',
  ])
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
