import { expect, test } from 'vitest'
import type { Block } from '../../../src/comparison/finding.ts'
import type { Lab } from '../../../src/labs/file/lab.ts'
import type { Facts } from '../../../src/labs/progress/facts.ts'
import { freshStep, type Progress, type StepProgress } from '../../../src/labs/progress/progress.ts'
import { evidenceBlocks } from '../../../src/labs/session/evidence/run.ts'
import type { StepPage } from '../../../src/labs/session/page.ts'
import { stepPage } from '../../../src/labs/session/pages.ts'
import { freshProgress, sampleCast, sampleLab, sampleObservation } from '../sample-lab.ts'

const seen: Facts = (path) =>
  ({
    'ask.proxy.origin.requests': 3,
    'ask.proxy.answers.read.0.status': 200,
    'ask.gateway.answers.read.0.status': 429,
  })[path]
const unseen: Facts = () => undefined

function page(id: string, progress: Progress = freshProgress, facts = unseen, lab: Lab = sampleLab): StepPage {
  return stepPage(lab, sampleCast, progress, id, { facts, files: ['/home/files/scenario.yaml'], verdicts: [] })
}

function having(steps: Readonly<Record<string, Partial<StepProgress>>>): Progress {
  const filled = Object.entries(steps).map(([id, step]) => [id, { ...freshStep, ...step }])
  return { ...freshProgress, steps: Object.fromEntries(filled) }
}

function cells(block: Block | undefined): readonly (readonly string[])[] {
  if (block?.kind !== 'table') throw new Error(`not a table: ${block?.kind}`)
  return [block.columns.map(({ title }) => title), ...block.rows.map((row) => row.map(({ text }) => text))]
}

const prediction = {
  done: true,
  committed: true,
  confidence: 3 as const,
  answers: { 'status.proxy': 'ok', 'status.gateway': 'ok', seen: '9' },
}
const ran = { done: true, observation: sampleObservation }

test('a text names the systems that play the roles', () => {
  expect(page('hello')).toMatchObject({
    number: 1,
    of: 7,
    text: 'node-proxy and node-gateway stand before one origin.',
    next: 'Next: Who answers (your prediction).',
  })
})

test('a page looks back on a run with the names that it had then', () => {
  const { proxy } = sampleObservation.roles
  const before = { ...sampleObservation, roles: { ...sampleObservation.roles, proxy: { ...proxy!, label: 'nginx' } } }
  const progress = having({ guess: prediction, ask: { done: true, observation: before } })
  expect(page('look', progress).questions[0]?.ask).toBe('What did nginx say?')
  expect(page('hello', progress).text).toContain('node-proxy')
})

test('a prediction shows nothing of the result until the run was made and what it showed was said', () => {
  const states = [having({ guess: prediction }), having({ guess: prediction, ask: ran })]
  for (const progress of states) {
    const questions = page('guess', progress, seen).questions
    expect(questions.map(({ judged, outcome }) => [judged, outcome])).toEqual([
      [null, ''],
      [null, ''],
      [null, ''],
    ])
  }
  const looked = having({
    guess: prediction,
    ask: ran,
    look: { committed: true, done: true, answers: { which: 'ok' } },
  })
  expect(
    page('guess', looked, seen).questions.map(({ subject, judged, outcome }) => [subject, judged, outcome]),
  ).toEqual([
    ['node-proxy', 'right', '200'],
    ['node-gateway', 'wrong', '429'],
    ['', 'wrong', '3 requests'],
  ])
})

test('where the run could not tell, nobody was right or wrong', () => {
  const progress = having({ guess: prediction, ask: ran, look: { committed: true, answers: { which: 'ok' } } })
  expect(page('guess', progress, unseen).questions.map(({ judged, outcome }) => [judged, outcome])).toEqual([
    ['unknown', 'the run could not tell'],
    ['unknown', 'the run could not tell'],
    ['unknown', 'the run could not tell'],
  ])
})

test('evidence of a run: what arrived, what came back, how often', () => {
  const [arrived, answers, counts] = page('ask', having({ guess: prediction, ask: ran }), seen).blocks
  expect(cells(arrived)).toEqual([
    ['header', 'through direct', 'through node-proxy', 'through node-gateway'],
    ['x-forwarded-for', 'not there', '203.0.113.9', '203.0.113.9'],
    ['Host', 'shop', 'shop', 'shop'],
  ])
  expect(answers).toMatchObject({
    kind: 'bodies',
    request: 'GET /products/7 as web',
    answers: [
      { label: 'direct', status: 200, headers: [['Server', 'x']], remark: 'the last of 3' },
      { label: 'node-proxy', status: 200 },
      { label: 'node-gateway', status: 429 },
    ],
  })
  expect(cells(counts)[3]).toEqual(['node-gateway', 'read', '3', '429 ×3', '1', '1'])
})

test('evidence of a request with a body: it is said, and what arrived of it', () => {
  const steps = sampleLab.steps.map((step) =>
    step.type === 'run'
      ? { ...step, requests: step.requests!.map((line) => ({ ...line, method: 'POST', body: '{"a":1}' })) }
      : step,
  )
  const roles = Object.entries(sampleObservation.roles).map(([name, role]) => {
    const last = role.origin.last.map((request) => ({ ...request, method: 'POST' }))
    const whole = name === 'proxy' ? last : last.map((request) => ({ ...request, body: '{"a":1}' }))
    return [name, { ...role, origin: { ...role.origin, last: whole } }] as const
  })
  const observation = { ...sampleObservation, roles: Object.fromEntries(roles) }
  const [run] = steps.filter((step) => step.type === 'run')
  const [arrived, answers] = evidenceBlocks(run!, observation)
  expect(cells(arrived).at(-1)).toEqual(['(body)', '“{"a":1}”', '–', '“{"a":1}”'])
  expect(answers).toMatchObject({ request: 'POST /products/7 as web with the body “{"a":1}”' })
})

test('a system that did not start is named with the reason, and has no evidence', () => {
  const roles = { ...sampleObservation.roles, proxy: { ...sampleObservation.roles['proxy']!, problem: 'bad port' } }
  const progress = having({ ask: { done: true, observation: { ...sampleObservation, roles } } })
  const [first, arrived] = page('ask', progress).blocks
  expect(first).toMatchObject({ kind: 'note', tone: 'warning', text: 'node-proxy did not take part: bad port' })
  expect(cells(arrived)[0]).toEqual(['header', 'through direct', 'through node-gateway'])
})

test('explain holds prediction against result, asks, and only then says why', () => {
  const looked = { guess: prediction, ask: ran, look: { committed: true, answers: { which: 'ok' } } }
  const before = page('why', having(looked), seen)
  expect(page('ask', having({ ask: ran })).mayRun).toBe(true)
  expect(page('ask', having(looked)).mayRun).toBe(false)
  expect(before).toMatchObject({
    text: 'You asked node-proxy: 3 requests.',
    outcomes: [],
    model: '',
    next: 'Commit your answer first.',
  })
  expect(cells(before.blocks[0])).toEqual([
    ['question', 'system', 'you said', 'it was', 'the gap'],
    ['What comes back?', 'node-proxy', '200', '200', 'none'],
    ['', 'node-gateway', '200', '429', 'it came out otherwise'],
    ['How many requests reach the origin?', '', '9 requests', '3 requests', '6 requests too high'],
  ])
  expect(before.blocks[0]).toMatchObject({
    caption: 'How sure you were: very. 2 answers came out otherwise all the same: look at those again.',
  })
  const answered = having({ ...looked, why: { done: true, committed: true, answers: { prompt: 'It counts.' } } })
  expect(page('why', answered, seen)).toMatchObject({
    outcomes: ['node-gateway refused with `429`.'],
    model: 'It counts for each **consumer**.',
    next: 'Next: Repair it (a task).',
  })
})

test('the gap between two shares is in percentage points', () => {
  const share = { kind: 'number' as const, unit: '%', fact: 'ask.proxy.metrics.caching.offload', tolerance: 5 }
  const lab: Lab = {
    ...sampleLab,
    steps: sampleLab.steps.map((step) =>
      step.id === 'guess' && step.type === 'predict'
        ? { ...step, questions: [{ id: 'spared', ask: 'Which share?', input: share }] }
        : step,
    ),
  }
  const progress = having({ guess: { ...prediction, answers: { spared: '95' } }, ask: ran })
  const facts: Facts = (path) => (path === share.fact ? 0.79 : undefined)
  expect(cells(page('why', progress, facts, lab).blocks[0])[1]).toEqual([
    'Which share?',
    '95 %',
    '79 %',
    '16 percentage points too high',
  ])
})

test('a sentence about an outcome is said only where the run showed it', () => {
  const answered = having({ why: { done: true, committed: true, answers: { prompt: 'x' } } })
  const otherwise: Facts = (path) => (path === 'ask.gateway.answers.read.0.status' ? 200 : undefined)
  expect(page('why', answered, otherwise).outcomes).toEqual(['node-gateway did not refuse here.'])
  expect(page('why', answered, unseen).outcomes).toEqual(['Your run did not show enough to say how it came out.'])
})

test('what a system sent stays text in the Markdown of a page', () => {
  const hostile: Facts = (path) => (path === 'ask.proxy.origin.requests' ? '`[x](http://y) *a*\n# b' : undefined)
  expect(page('why', freshProgress, hostile).text).toBe(
    'You asked node-proxy: \\`\\[x\\]\\(http\\:\\/\\/y\\) \\*a\\* \\# b requests.',
  )
  const inCode = {
    ...sampleLab,
    steps: sampleLab.steps.map((step) =>
      step.id === 'why' ? { ...step, text: 'Got `{{fact ask.proxy.origin.requests}}` from {{nobody}}.' } : step,
    ),
  }
  expect(page('why', freshProgress, hostile, inCode).text).toBe("Got `'[x](http://y) *a* # b` from {{nobody}}.")
})

test('a task names its files, its checks and the hints that are open', () => {
  const wrong = {
    id: 'client',
    describe: 'd',
    state: 'wrong' as const,
    request: '',
    expected: '',
    received: '',
    difference: '',
  }
  const progress = having({ fix: { hints: [2], verdicts: [wrong] } })
  expect(page('fix', progress)).toMatchObject({
    files: ['/home/files/scenario.yaml'],
    verdicts: [{ state: 'wrong' }],
    hints: ['Look again.'],
    moreHints: false,
  })
  const facts: Facts = (path) => (path === 'check.client' ? 'wrong' : undefined)
  expect(page('fix', progress, facts).moreHints).toBe(true)
})

test('what is said of a system is shown where it plays, and where it played in the run that is looked back on', () => {
  const text = '{{where proxy is nginx}}A file.{{otherwise}}A switch.{{end}}'
  const steps = sampleLab.steps.map((step) => ({ ...step, text }))
  const lab = { ...sampleLab, steps }
  expect(page('hello', freshProgress, unseen, lab).text).toBe('A switch.')
  const { proxy } = sampleObservation.roles
  const before = { ...sampleObservation, roles: { ...sampleObservation.roles, proxy: { ...proxy!, system: 'nginx' } } }
  const progress = having({ ask: { done: true, observation: before } })
  expect(page('why', progress, unseen, lab).text).toBe('A file.')
  expect(page('fix', progress, unseen, lab).text).toBe('A switch.')
})

test('a quiz says right, wrong and why on commit, and the last page says that the lab is finished', () => {
  const answered = page('quiz', having({ quiz: { done: true, committed: true, answers: { need: 'rp' } } }))
  expect(answered.questions[0]).toMatchObject({
    judged: 'wrong',
    outcome: 'the gateway',
    why: 'It knows addresses only.',
    because: 'It knows who asks.',
  })
  const right = page('quiz', having({ quiz: { done: true, committed: true, answers: { need: 'gw' } } }))
  expect(right.questions[0]).toMatchObject({ judged: 'right', why: 'It knows who asks.', because: '' })
  expect(answered.next).toBe('This was the last step: the lab is finished.')
  expect(page('quiz').questions[0]).toMatchObject({ judged: null, outcome: '', why: '' })
})

test('a hint goes when what it speaks of is mended, and comes back with it; the report keeps all', () => {
  const progress = having({ fix: { hints: [0, 2] } })
  const at =
    (state: string | undefined): Facts =>
    (path) =>
      path === 'check.client' ? state : undefined
  expect(page('fix', progress, at('wrong')).hints).toEqual(['Look at the *headers*.', 'Look again.'])
  expect(page('fix', progress, at('right'))).toMatchObject({
    hints: ['Look again.'],
    openedHints: ['Look at the *headers*.', 'Look again.'],
  })
  // What cannot be told is no reason to take a hint away.
  expect(page('fix', progress, at(undefined)).hints).toHaveLength(2)
})

test('a task that was right and is broken again says so; one that was skipped does not', () => {
  const verdict = (state: 'right' | 'wrong' | 'unknown') => ({
    id: 'client',
    describe: 'd',
    state,
    request: '',
    expected: '',
    received: '',
    difference: '',
  })
  const fix = (own: Partial<StepProgress>) => page('fix', having({ fix: { done: true, ...own } }))
  expect(fix({ verdicts: [verdict('right'), verdict('wrong')] })).toMatchObject({
    done: true,
    brokenAgain: true,
    next: 'It was right and is broken again: make every check right, or apply the solution.',
  })
  expect(fix({ verdicts: [verdict('unknown')] }).brokenAgain).toBe(false)
  expect(fix({ verdicts: [verdict('wrong')], skipped: true }).brokenAgain).toBe(false)
  expect(page('fix', having({ fix: { verdicts: [verdict('wrong')] } })).brokenAgain).toBe(false)
})

test('requests of one’s own go through what runs at the step or ran last, and never before a prediction', () => {
  const mayTry = (id: string, progress = freshProgress): boolean => page(id, progress).mayTry
  expect(sampleLab.steps.map(({ id }) => [id, mayTry(id)])).toEqual([
    ['hello', false],
    ['guess', false],
    ['ask', true],
    ['look', true],
    ['why', true],
    ['fix', true],
    ['quiz', true],
  ])
  const steps = sampleLab.steps.toSpliced(4, 0, { ...sampleLab.steps[1]!, id: 'bet' })
  const bet = (own: Partial<StepProgress>) => page('bet', having({ bet: own }), unseen, { ...sampleLab, steps })
  expect(bet({}).mayTry).toBe(false)
  expect(bet({ committed: true }).mayTry).toBe(true)
})

test('the lab is finished when every step is done, whichever is shown', () => {
  const all = Object.fromEntries(sampleLab.steps.map(({ id }) => [id, { done: true }]))
  expect(page('hello', having(all)).finished).toBe(true)
  expect(page('quiz', having({ ...all, fix: { done: false } })).finished).toBe(false)
})

test('a step shows the files that it is about as they are now, those of who plays alone', () => {
  const show = [
    { file: 'scenario.yaml', part: 'limit' },
    { file: 'node-proxy/edge.json' },
    { file: 'nginx/nginx.conf' },
  ]
  const roles = sampleLab.roles.map((role) => ({ ...role, native: { ...role.native, nginx: 'nginx' } }))
  const steps = sampleLab.steps.map((step) => (step.type === 'predict' ? { ...step, show } : step))
  const files: Facts = (path) =>
    ({ 'file.scenario.yaml': 'policy:\n  limit: 5/s\n', 'file.node-proxy/edge.json': '{}' })[path]
  expect(page('guess', freshProgress, files, { ...sampleLab, roles, steps }).blocks).toEqual([
    { kind: 'code', title: 'scenario.yaml', language: 'yaml', text: 'limit: 5/s' },
    { kind: 'code', title: 'node-proxy/edge.json', language: 'json', text: '{}' },
  ])
})

test('of a finding with a short form a lesson shows that, and the whole is more', () => {
  const note = (text: string): Block => ({ kind: 'note', tone: 'info', text })
  const finding = {
    id: 'latency',
    scenario: 'shop',
    title: 'Latency',
    question: '?',
    verdict: ['p (Holm) is 0.03.'],
    blocks: [note('p99'), note('p90'), note('noise')],
    brief: { verdict: ['1.6 times as long.'], blocks: [note('took')] },
    metrics: {},
  }
  const show = [{ kind: 'finding' as const, finding: 'latency', blocks: 2 }]
  const steps = sampleLab.steps.map((step) => (step.type === 'run' ? { ...step, show } : step))
  const at = (findings: readonly (typeof finding | Omit<typeof finding, 'brief'>)[]) =>
    page('ask', having({ ask: { observation: { ...sampleObservation, findings } } }), unseen, { ...sampleLab, steps })
  expect(at([finding])).toMatchObject({
    blocks: [note('took')],
    outcomes: ['1\\.6 times as long\\.'],
    more: [{ title: 'Latency', verdict: ['p \\(Holm\\) is 0\\.03\\.'], blocks: finding.blocks }],
  })
  const { brief: _, ...plain } = finding
  expect(at([plain])).toMatchObject({ blocks: plain.blocks.slice(0, 2), more: [{ title: 'Latency' }] })
  expect(at([{ ...plain, blocks: plain.blocks.slice(0, 2) }]).more).toEqual([])
})
