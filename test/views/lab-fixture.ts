/** A lab with every type of step, as pages at different moments; made by hand, with hostile captured text in it. */
import type { Block } from '../../src/comparison/finding.ts'
import type { CheckVerdict } from '../../src/labs/file/check.ts'
import type { Lab, Step } from '../../src/labs/file/lab.ts'
import { freshStep, type Progress, type StepProgress } from '../../src/labs/progress/progress.ts'
import type { Cast } from '../../src/labs/run/cast.ts'
import type { LabEnding } from '../../src/labs/session/ending/ending.ts'
import type { PageQuestion, StepPage } from '../../src/labs/session/page.ts'
import type { LabReport } from '../../src/views/html/lab/lab-report.ts'
import { hostileText } from './sample-model.ts'

const always = { fact: 'ask.proxy.origin.requests', is: 'present' } as const
const options = [
  { id: 'ok', label: '200', when: always },
  { id: 'limited', label: '429', when: always },
  { id: 'denied', label: '401', when: always },
]

const steps: readonly Step[] = [
  { type: 'read', id: 'welcome', title: 'Where we are', text: '' },
  {
    type: 'predict',
    id: 'guess',
    title: 'What will the customer get',
    text: '',
    confidence: true,
    questions: [
      {
        id: 'customer',
        ask: 'What does the customer get?',
        input: { kind: 'per-role', roles: ['early', 'late'], options },
      },
      {
        id: 'seen',
        ask: 'How many of the 41 requests does the origin see?',
        input: { kind: 'number', unit: 'requests', fact: 'ask.late.origin.requests', tolerance: 2 },
      },
    ],
  },
  {
    type: 'run',
    id: 'ask',
    title: 'Forty wrong keys, one right one',
    text: '',
    scenario: 'limit.yaml',
    through: ['early', 'late'],
    requests: [],
    rounds: 1,
    show: [{ kind: 'counts' }],
  },
  {
    type: 'observe',
    id: 'look',
    title: 'What you saw',
    text: '',
    of: 'ask',
    questions: [{ id: 'who', ask: 'Which of the two refused the customer?', input: { kind: 'choice', options } }],
  },
  {
    type: 'explain',
    id: 'why',
    title: 'Why it is so',
    text: '',
    about: ['guess'],
    prompt: 'Why did the two differ?',
    outcomes: [],
    otherwise: '',
    model: '',
  },
  {
    type: 'task',
    id: 'fix',
    title: 'Make room for the customer',
    text: '',
    edit: ['native/nginx.conf'],
    scenario: 'limit.yaml',
    roles: ['late'],
    checks: [],
    hints: [],
    failWhen: [],
    solution: 'solution',
    states: [],
    wrong: [],
    also: [],
  },
  { type: 'quiz', id: 'recall', title: 'Without the lab', text: '', questions: [] },
]

export const fixtureLab: Lab = {
  id: 'saying-no',
  number: 3,
  title: 'Saying no',
  question: 'Who pays when somebody hammers with wrong keys?',
  summary: 'Limits with and without identity.',
  minutes: 15,
  objectives: ['Tell a limit per address from one per customer.', 'Know in which phase a limit counts.'],
  folder: '/labs/03-saying-no',
  roles: [
    { name: 'early', title: 'checks the key first', systems: ['nginx', 'node-proxy'], native: {} },
    { name: 'late', title: 'limits first', systems: ['nginx', 'node-proxy'], native: {} },
  ],
  steps,
}

export const fixtureCast: Cast = {
  runtime: 'processes',
  reason: 'Docker is not running',
  assignments: [
    { role: 'early', title: 'checks the key first', system: 'nginx', label: 'nginx-early', instead: '' },
    {
      role: 'late',
      title: 'limits first',
      system: 'node-proxy',
      label: 'node-proxy',
      instead: 'nginx cannot run here: not on PATH',
    },
  ],
}

const evidence: readonly Block[] = [
  {
    kind: 'table',
    title: 'What came back, and what the origin saw',
    columns: [
      { title: 'through', align: 'left' },
      { title: 'sent', align: 'right' },
      { title: 'accepted', align: 'right' },
      { title: 'refused', align: 'right' },
      { title: 'origin saw', align: 'right' },
    ],
    rows: [
      ['nginx-early', '41', '1', '40', '1'],
      ['node-proxy', '41', '0', '41', '0'],
    ].map((row) => row.map((text) => ({ text }))),
    caption: 'The 41st request carries a key that is paid for.',
  },
  {
    kind: 'chart',
    shape: 'bar',
    title: 'Accepted',
    x: { title: 'through', scale: 'category', labels: ['nginx-early', 'node-proxy'] },
    y: { title: 'requests', scale: 'linear' },
    series: [
      {
        name: 'accepted',
        points: [
          [0, 1],
          [1, 0],
        ],
      },
    ],
    summary: 'Through nginx-early the customer was served, through node-proxy nobody was.',
  },
  {
    kind: 'bodies',
    title: 'What the customer was told',
    request: 'GET /products/7 as customer',
    answers: [
      { label: 'nginx-early', status: 200, headers: [['x-evil', hostileText]], body: hostileText, remark: '' },
      { label: 'node-proxy', status: 429, headers: [], body: '', remark: 'No word on when to come back.' },
    ],
  },
]

const shownOptions = options.map(({ id, label }) => ({ id, label }))

const basePage = (step: Step, at: number): StepPage => ({
  id: step.id,
  type: step.type,
  title: step.title,
  number: at + 1,
  of: steps.length,
  done: false,
  skipped: false,
  brokenAgain: false,
  finished: false,
  mayTry: false,
  text: '',
  questions: [],
  confidence: null,
  committed: false,
  mayRun: step.type === 'run',
  blocks: [],
  more: [],
  outcomes: [],
  model: '',
  files: [],
  verdicts: [],
  hints: [],
  openedHints: [],
  moreHints: false,
  next: '',
})

const question = (key: string, ask: string, more: Partial<PageQuestion> = {}): PageQuestion => ({
  key,
  ask,
  subject: '',
  input: { kind: 'choice', options: shownOptions },
  given: null,
  judged: null,
  outcome: '',
  why: '',
  because: '',
  ...more,
})

const predictions: readonly PageQuestion[] = [
  question('customer.early', 'What does the customer get?', { subject: 'nginx-early' }),
  question('customer.late', 'What does the customer get?', { subject: 'node-proxy' }),
  question('seen', 'How many of the 41 requests does the origin see?', { input: { kind: 'number', unit: 'requests' } }),
]

export const wrongVerdicts: readonly CheckVerdict[] = [
  {
    id: 'served',
    describe: 'The customer is served while somebody hammers',
    state: 'wrong',
    request: 'GET /products/7 as customer, after 40 with a wrong key, through node-proxy',
    expected: '200',
    received: `429, saying ${hostileText}`,
    difference: 'The limit counted the wrong keys against the customer.',
  },
  {
    id: 'refused',
    describe: 'Wrong keys are refused',
    state: 'right',
    request: 'GET /products/7 with a wrong key, 40 times, through node-proxy',
    expected: '401, 40 times',
    received: '401, 40 times',
    difference: '',
  },
  {
    id: 'rate',
    describe: 'The greedy one gets its share',
    state: 'unknown',
    request: '',
    expected: '10 a second',
    received: '',
    difference: 'It was too noisy to tell.',
  },
]
export const rightVerdicts: readonly CheckVerdict[] = wrongVerdicts.map((each) => ({
  ...each,
  state: 'right',
  received: each.expected,
  difference: '',
}))

/** Every page as it is when the learner arrives at it, all before it being done. */
export const freshPages: readonly StepPage[] = steps.map((step, at) => {
  const page = basePage(step, at)
  switch (step.type) {
    case 'read':
      return {
        ...page,
        text: 'Both systems limit each customer to **10 requests a second**, burst 5.\n\nThey look alike:\n\n- `nginx-early` checks the key before it counts\n- `node-proxy` counts before it checks the key',
        next: 'Next: What will the customer get (your prediction).',
      }
    case 'predict':
      return {
        ...page,
        text: 'Someone sends 40 requests with a wrong key, then a paying customer sends one.',
        questions: predictions,
        confidence: { chosen: null },
        next: 'Commit your prediction first.',
      }
    case 'run':
      return { ...page, text: 'Now the same 41 requests go through both.', next: 'Run it first.' }
    case 'observe':
      return {
        ...page,
        blocks: evidence,
        questions: [question('who', 'Which of the two refused the customer?')],
        next: 'Commit your answer first.',
      }
    case 'explain':
      return {
        ...page,
        blocks: [evidence[0]!],
        questions: [question('prompt', 'Why did the two differ?', { input: { kind: 'text' } })],
        next: 'Commit your answer first.',
      }
    case 'task':
      return {
        ...page,
        text: 'Change `nginx.conf` so that the customer is served.',
        files: ['/home/learner/labs/saying-no/files/native/nginx.conf'],
        moreHints: true,
        next: 'Make every check right first.',
      }
    case 'quiz':
      return {
        ...page,
        questions: [
          question('phase', 'In which phase does a limit know the customer?', {
            input: {
              kind: 'choice',
              options: [
                { id: 'before', label: 'Before the key is checked, because the address is enough for it' },
                { id: 'after', label: 'After the key is checked, because only then there is a customer to count for' },
              ],
            },
          }),
        ],
        next: 'Commit your answer first.',
      }
    default:
      return step satisfies never
  }
})

/** Every page as it is when the lab is finished. */
export const donePages: readonly StepPage[] = freshPages.map((page) => {
  const done = { ...page, done: true, next: 'Next: the one after it.' }
  switch (page.type) {
    case 'read':
      return done
    case 'predict':
      return {
        ...done,
        committed: true,
        confidence: { chosen: 3 },
        questions: [
          { ...predictions[0]!, given: 'ok', judged: 'right', outcome: '200' },
          { ...predictions[1]!, given: 'ok', judged: 'wrong', outcome: '429' },
          { ...predictions[2]!, given: '1', judged: 'unknown', outcome: 'the run could not tell' },
        ],
      }
    case 'run':
      return { ...done, blocks: evidence, outcomes: ['Through node-proxy the customer was **refused**.'] }
    case 'observe':
      return {
        ...done,
        committed: true,
        questions: page.questions.map((each) => ({ ...each, given: 'limited', judged: 'right', outcome: '429' })),
      }
    case 'explain':
      return {
        ...done,
        committed: true,
        questions: page.questions.map((each) => ({ ...each, given: `It counts first. ${hostileText}` })),
        outcomes: ['In your run the limiter came first: the customer paid for somebody else’s keys.'],
        model: 'NGINX runs its modules in **phases**. `limit_req` belongs to preaccess, `auth_request` to access.',
      }
    case 'task':
      return {
        ...done,
        verdicts: rightVerdicts,
        hints: ['Look at the order of the *phases*.'],
        openedHints: ['Look at the order of the *phases*.'],
      }
    case 'quiz':
      return {
        ...done,
        committed: true,
        next: 'This was the last step: the lab is finished.',
        questions: page.questions.map((each) => ({
          ...each,
          given: 'after',
          judged: 'right',
          outcome: 'After the key is checked, because only then there is a customer to count for',
          why: 'Identity has to be established before it can be counted.',
        })),
      }
    default:
      return page.type satisfies never
  }
})

const observed: StepProgress = {
  ...freshStep,
  done: true,
  observation: {
    step: 'ask',
    at: '2026-11-24T09:31:00.000Z',
    findings: [],
    roles: Object.fromEntries(
      fixtureCast.assignments.map(({ role, label, system }) => [
        role,
        {
          label,
          system,
          version: system === 'nginx' ? 'nginx/1.26.3' : 'v24.21.0',
          problem: '',
          answers: {},
          counts: {},
          origin: { requests: 1, connections: 1, paths: {}, last: [] },
          metrics: {},
        },
      ]),
    ),
  },
}

export const fixtureProgress: Progress = {
  formatVersion: 2,
  lab: fixtureLab.id,
  startedAt: '2026-11-24T09:15:00.000Z',
  at: 'recall',
  seed: 7,
  steps: { ask: observed, fix: { ...freshStep, done: true, tries: 3, hints: [0] } },
}

export const fixtureReport: LabReport = {
  lab: fixtureLab,
  cast: fixtureCast,
  progress: fixtureProgress,
  pages: donePages,
  edits: {
    fix: [
      {
        path: 'native/nginx.conf',
        before: 'limit_req zone=all;\nauth_request /key;\n',
        after: `auth_request /key;\n# ${hostileText}\nlimit_req zone=all;\n`,
      },
    ],
  },
  solutions: {
    fix: [
      {
        name: 'rewrite-phase',
        files: [{ path: 'native/nginx.conf', before: 'auth_request /key;\n', after: `return 401; # ${hostileText}\n` }],
        isOwn: false,
      },
    ],
  },
  edgelab: '0.1.0',
  madeAt: '2026-11-24T10:00:00.000Z',
}

export const fixtureEnding: LabEnding = {
  objectives: fixtureLab.objectives,
  tasks: [
    {
      step: 'fix',
      own: [{ path: 'native/nginx.conf', before: 'limit_req zone=all;\nauth_request /key;\n', after: 'return 204;\n' }],
      solutions: [
        {
          name: '',
          files: fixtureReport.edits['fix']!,
          isOwn: false,
        },
        {
          name: 'rewrite-phase',
          files: [
            { path: 'native/nginx.conf', before: 'limit_req zone=all;\n', after: 'if ($key = "") { return 401; }\n' },
          ],
          isOwn: false,
        },
      ],
    },
  ],
}
