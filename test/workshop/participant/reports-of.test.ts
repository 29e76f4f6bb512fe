import { expect, test } from 'vitest'
import type { Lab, RunStep } from '../../../src/labs/file/lab.ts'
import { freshStep, type Progress, type StepProgress } from '../../../src/labs/progress/progress.ts'
import { reportsOf, type Told } from '../../../src/workshop/participant/told/reports-of.ts'
import { stepReportSchema } from '../../../src/workshop/protocol/step-report.ts'
import { freshProgress, sampleLab, sampleObservation } from '../../labs/sample-lab.ts'

const predicted = { 'status.proxy': 'ok', 'status.gateway': 'ok', seen: '3' }

function progressOf(steps: Readonly<Record<string, Partial<StepProgress>>>, at = 'guess'): Progress {
  const whole = Object.entries(steps).map(([id, step]) => [id, { ...freshStep, ...step }])
  return { ...freshProgress, at, steps: Object.fromEntries(whole) }
}

function told(lab: Lab, progress: Progress, step: string): Told | undefined {
  return reportsOf(lab, progress).find((each) => each.step === step)
}

test('a prediction is told when it is committed, and not while it is made', () => {
  const open = progressOf({ guess: { answers: predicted } })
  expect(told(sampleLab, open, 'guess')).toMatchObject({ answers: {}, truths: {}, done: false })
  const committed = progressOf({ guess: { answers: predicted, committed: true, confidence: 3, done: true } })
  expect(told(sampleLab, committed, 'guess')).toMatchObject({
    answers: predicted,
    confidence: 3,
    truths: {},
    done: true,
  })
})

test('what the own run showed comes with the prediction’s next report, as the lab judges it', () => {
  const seen = progressOf({
    guess: { answers: predicted, committed: true, done: true },
    ask: { observation: sampleObservation, done: true },
  })
  // The gateway refused: its right option is another one than the one that was chosen.
  const truths = { 'status.proxy': 'ok', 'status.gateway': 'no', seen: '3' }
  expect(told(sampleLab, seen, 'guess')).toMatchObject({ answers: predicted, truths })
})

test('where several options held, whoever chose one of them was right', () => {
  const always = { fact: 'ask.proxy.origin.requests', is: 'present' } as const
  const both = ['one', 'two'].map((id) => ({ id, label: id, when: always }))
  const lab: Lab = {
    ...sampleLab,
    steps: sampleLab.steps.map((step) =>
      step.type === 'observe'
        ? { ...step, questions: [{ id: 'which', ask: '', input: { kind: 'choice', options: both } }] }
        : step,
    ),
  }
  const look = (answer: string): Progress =>
    progressOf({
      ask: { observation: sampleObservation, done: true },
      look: { answers: { which: answer }, committed: true },
    })
  expect(told(lab, look('two'), 'look')?.truths).toEqual({ which: 'two' })
  expect(told(lab, look('none'), 'look')?.truths).toEqual({ which: 'one' })
})

test('what was written in words is never told; a quiz is, with what is right', () => {
  const progress = progressOf({
    why: { answers: { prompt: 'It counts for each consumer.' }, committed: true, done: true },
    quiz: { answers: { need: 'rp' }, committed: true, done: true },
  })
  expect(told(sampleLab, progress, 'why')).toMatchObject({ answers: {}, truths: {}, done: true })
  expect(JSON.stringify(reportsOf(sampleLab, progress))).not.toContain('consumer')
  expect(told(sampleLab, progress, 'quiz')).toMatchObject({ answers: { need: 'rp' }, truths: { need: 'gw' } })
})

test('a task: how many checks are right, how many hints were opened', () => {
  const verdict = {
    id: 'client',
    describe: 'd',
    state: 'right',
    request: 'r',
    expected: 'e',
    received: 'v',
    difference: '',
  } as const
  const progress = progressOf({ fix: { verdicts: [verdict], hints: [0, 2], done: true, skipped: true } })
  expect(told(sampleLab, progress, 'fix')).toMatchObject({
    checks: { right: 1, of: 1 },
    hints: 2,
    done: true,
    skipped: true,
  })
  expect(told(sampleLab, progressOf({ fix: {} }), 'fix')).toMatchObject({ checks: { right: 0, of: 1 }, done: false })
})

test('figures are those of the findings that the run shows, and numbers', () => {
  const lab: Lab = {
    ...sampleLab,
    steps: sampleLab.steps.map((step) =>
      step.id === 'ask' ? { ...(step as RunStep), show: [{ kind: 'finding', finding: 'latency', blocks: 1 }] } : step,
    ),
  }
  const proxy = {
    ...sampleObservation.roles['proxy']!,
    metrics: { latency: { p50Ratio: 1.5, missing: Number.NaN }, cpu: { cpuUsPerRequest: 40 } },
  }
  const observation = { ...sampleObservation, roles: { ...sampleObservation.roles, proxy } }
  const progress = progressOf({ ask: { observation, done: true } })
  expect(told(lab, progress, 'ask')?.figures).toEqual({ 'proxy.latency.p50Ratio': 1.5 })
})

test('every report is one of the protocol, whatever was typed as a number', () => {
  const typed = { ...predicted, seen: `${' '.repeat(80)}3` }
  const progress = progressOf({
    hello: { done: true },
    guess: { answers: typed, committed: true, confidence: 1, done: true },
    ask: { observation: sampleObservation, done: true },
    look: { answers: { which: 'no' }, committed: true, done: true },
    why: { answers: { prompt: 'x'.repeat(1000) }, committed: true, done: true },
    fix: { hints: [0] },
    quiz: { answers: { need: 'gw' }, committed: true, done: true },
  })
  const reports = reportsOf(sampleLab, progress)
  expect(reports.map(({ step }) => step)).toEqual(sampleLab.steps.map(({ id }) => id))
  for (const [at, report] of reports.entries()) {
    const whole = { ...report, seq: at + 1, at: '2026-01-02T03:04:05.000Z' }
    expect(stepReportSchema.parse(whole)).toEqual(whole)
  }
  expect(reports[1]?.answers['seen']).toBe('3')
})
