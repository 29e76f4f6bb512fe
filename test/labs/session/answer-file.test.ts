import { expect, test } from 'vitest'
import type { EdgeLabError } from '../../../src/errors.ts'
import { readAnswers } from '../../../src/labs/session/answer-file.ts'
import { sampleLab } from '../sample-lab.ts'

const good = `guess: { status: { proxy: ok, gateway: no }, seen: 3, confidence: fairly }
look: { which: ok }
why: It counts.
fix: solution
quiz: { need: gw }
`

function problems(text: string): readonly string[] {
  try {
    readAnswers(text, 'a.yaml', sampleLab)
    return []
  } catch (error) {
    const { name, problems } = error as EdgeLabError
    expect(name).toBe('badInput')
    return problems.map(({ line, column, path, message }) => `${line}:${column} ${path} ${message}`)
  }
}

test('answers of every step that asks something', () => {
  expect(readAnswers(good, 'a.yaml', sampleLab)).toEqual({
    guess: { answers: { 'status.proxy': 'ok', 'status.gateway': 'no', seen: '3' }, confidence: 2, task: null },
    look: { answers: { which: 'ok' }, confidence: null, task: null },
    why: { answers: { prompt: 'It counts.' }, confidence: null, task: null },
    fix: { answers: {}, confidence: null, task: 'solution' },
    quiz: { answers: { need: 'gw' }, confidence: null, task: null },
  })
  const files = readAnswers(good.replace('fix: solution', 'fix: { scenario.yaml: "a: 1" }'), 'a.yaml', sampleLab)
  expect(files['fix']?.task).toEqual({ 'scenario.yaml': 'a: 1' })
})

test('every mistake at once, in its place', () => {
  const text = `gess: {}
guess: { status: { proxy: maybe }, sen: 3, confidence: sure }
look: [ok]
fix: { other.yaml: x, scenario.yaml: [] }
quiz: { need: gw }
`
  expect(problems(text)).toEqual([
    '1:1  the answers of the step “why” are missing',
    '1:7 gess no step that asks something has this id; did you mean “guess”?',
    '2:8 guess.seen “How many requests reach the origin?” is not answered',
    '2:18 guess.status.gateway “What comes back?” is not answered',
    '2:27 guess.status.proxy “maybe” is none of the answers: ok, no.',
    '2:41 guess.sen this is not asked here; did you mean “seen”?',
    '2:56 guess.confidence how sure you are: guess, fairly, very',
    '3:7 look write an answer for each of which',
    '4:20 fix.other.yaml this file is not edited here; known are scenario.yaml, node-proxy/edge.json',
    '4:38 fix.scenario.yaml the text of a file is missing',
  ])
})

test('a file without answers is said to be one', () => {
  expect(problems('just text\n')[0]).toContain('write one line for each step')
})
