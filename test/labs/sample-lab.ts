/** A lab with every type of step, and a learner's way through it: for tests that need no systems. */
import { get } from '../../src/http/request.ts'
import type { Check } from '../../src/labs/file/check.ts'
import type { Lab, Option } from '../../src/labs/file/lab.ts'
import type { Observation, RoleObservation } from '../../src/labs/progress/observation.ts'
import { type Progress, progressFormatVersion } from '../../src/labs/progress/progress.ts'
import type { Cast } from '../../src/labs/run/cast.ts'

const statusOptions: readonly Option[] = [
  { id: 'ok', label: '200', when: { fact: 'ask.{role}.answers.read.0.status', is: '=', than: 200 } },
  { id: 'no', label: '429', when: { fact: 'ask.{role}.answers.read.0.status', is: '=', than: 429 } },
]
const upstream: Check = { kind: 'upstream', role: 'proxy', send: [], headers: {} }

export const sampleLab: Lab = {
  id: 'sample',
  number: 9,
  title: 'Sample',
  question: 'Who says no?',
  summary: 'A lab for tests.',
  minutes: 5,
  objectives: [],
  folder: '/nowhere/09-sample',
  roles: [
    { name: 'proxy', title: 'the reverse proxy', systems: ['node-proxy'], native: { 'node-proxy': 'node-proxy' } },
    { name: 'gateway', title: 'the gateway', systems: ['node-gateway'], native: {} },
  ],
  steps: [
    { id: 'hello', type: 'read', title: 'Two systems', text: '{{proxy}} and {{gateway}} stand before one origin.' },
    {
      id: 'guess',
      type: 'predict',
      title: 'Who answers',
      text: '',
      confidence: true,
      questions: [
        {
          id: 'status',
          ask: 'What comes back?',
          input: { kind: 'per-role', roles: ['proxy', 'gateway'], options: statusOptions },
        },
        {
          id: 'seen',
          ask: 'How many requests reach the origin?',
          input: { kind: 'number', unit: 'requests', fact: 'ask.proxy.origin.requests', tolerance: 1 },
        },
      ],
    },
    {
      id: 'ask',
      type: 'run',
      title: 'Ask both',
      text: '',
      scenario: 'scenario.yaml',
      through: ['direct', 'proxy', 'gateway'],
      requests: [
        {
          as: 'read',
          method: 'GET',
          path: '/products/7',
          client: 'web',
          headers: [],
          times: 3,
          together: false,
          afterMs: 0,
        },
      ],
      rounds: 1,
      show: [
        { kind: 'arrived', of: 'read', headers: ['x-forwarded-for', 'Host'] },
        { kind: 'answers', of: 'read', headers: ['Server'] },
        { kind: 'counts' },
      ],
    },
    {
      id: 'look',
      type: 'observe',
      title: 'What you saw',
      text: '',
      of: 'ask',
      questions: [{ id: 'which', ask: 'What did {{proxy}} say?', input: { kind: 'choice', options: lookOptions() } }],
    },
    {
      id: 'why',
      type: 'explain',
      title: 'Why',
      text: 'You asked {{proxy}}: {{fact ask.proxy.origin.requests}} requests.',
      about: ['guess'],
      prompt: 'Why did {{gateway}} refuse?',
      outcomes: [
        {
          when: { fact: 'ask.gateway.answers.read.0.status', is: '=', than: 429 },
          say: '{{gateway}} refused with `{{fact ask.gateway.answers.read.0.status}}`.',
        },
      ],
      otherwise: '{{gateway}} did not refuse here.',
      model: 'It counts for each **consumer**.',
    },
    {
      id: 'fix',
      type: 'task',
      title: 'Repair it',
      text: '',
      edit: ['scenario.yaml', 'node-proxy/edge.json'],
      scenario: 'scenario.yaml',
      roles: ['proxy'],
      checks: [{ id: 'client', describe: 'The origin learns the client', check: upstream }],
      hints: [
        { when: { fact: 'check.client', is: '=', than: 'wrong' }, text: 'Look at the *headers*.' },
        { when: { fact: 'check.client', is: '=', than: 'never' }, text: 'Never shown.' },
        { text: 'Look again.' },
      ],
      failWhen: [],
      solution: 'solution',
      states: [],
      wrong: [],
      also: [],
    },
    {
      id: 'quiz',
      type: 'quiz',
      title: 'Without the lab',
      text: '',
      questions: [
        {
          id: 'need',
          ask: 'Which one for identity?',
          options: [
            { id: 'gw', label: 'the gateway', right: true, why: 'It knows who asks.' },
            { id: 'rp', label: 'the proxy', right: false, why: 'It knows addresses only.' },
          ],
        },
      ],
    },
  ],
}

function lookOptions(): readonly Option[] {
  return statusOptions.map(({ id, label }) => ({
    id,
    label,
    when: { fact: 'ask.proxy.answers.read.0.status', is: '=', than: Number(label) },
  }))
}

export const sampleCast: Cast = {
  runtime: 'processes',
  reason: 'asked for',
  assignments: [
    { role: 'proxy', title: 'the reverse proxy', system: 'node-proxy', label: 'node-proxy', instead: '' },
    { role: 'gateway', title: 'the gateway', system: 'node-gateway', label: 'node-gateway', instead: '' },
  ],
}

export const freshProgress: Progress = {
  formatVersion: progressFormatVersion,
  lab: 'sample',
  startedAt: '2026-01-02T03:04:05.000Z',
  at: 'hello',
  seed: 7,
  steps: {},
}

export const sampleObservation: Observation = {
  step: 'ask',
  at: '2026-01-02T03:10:00.000Z',
  roles: {
    direct: observationOf('direct', 'direct', 200, 3),
    proxy: observationOf('node-proxy', 'node-proxy', 200, 3, '203.0.113.9'),
    gateway: observationOf('node-gateway', 'node-gateway', 429, 1, '203.0.113.9'),
  },
  findings: [],
}

function observationOf(
  label: string,
  system: RoleObservation['system'],
  status: number,
  requests: number,
  forwarded?: string,
): RoleObservation {
  const answer = { status, headers: [['server', 'x'] as const], body: '{"id":7}', durationMs: 1 }
  const accepted = status === 200 ? 3 : 0
  return {
    label,
    system,
    version: null,
    problem: '',
    answers: { read: [answer, answer, answer] },
    counts: {
      read: { sent: 3, accepted, refused: 3 - accepted, failed: 0, fromCache: 0, byStatus: { [status]: 3 } },
    },
    origin: {
      requests,
      connections: 1,
      paths: { '/products/7': requests },
      last: [get('/products/7', { host: 'shop', ...(forwarded ? { 'x-forwarded-for': forwarded } : {}) })],
    },
    metrics: {},
  }
}
