/** Rooms made by hand: two small labs, and people who are where a test puts them. */
import type { Lab } from '../../src/labs/file/lab.ts'
import type { StepReport } from '../../src/workshop/protocol/step-report.ts'
import type { KeptReport, Participant, Room } from '../../src/workshop/room/room.ts'

const always = { fact: 'ask.proxy.origin.requests', is: 'present' } as const

export const hopLab: Lab = {
  id: 'one-hop',
  number: 1,
  title: 'One hop',
  question: 'What does the service still know about its clients?',
  summary: '',
  minutes: 20,
  objectives: [],
  folder: '/labs/01-one-hop',
  roles: [
    { name: 'proxy', title: 'the reverse proxy', systems: ['nginx', 'node-proxy'], native: {} },
    { name: 'gateway', title: 'the gateway', systems: ['node-gateway', 'kong'], native: {} },
  ],
  steps: [
    { type: 'read', id: 'scene', title: 'A proxy on its first day', text: '' },
    {
      type: 'predict',
      id: 'guess',
      title: 'What arrives at the origin?',
      text: '',
      confidence: true,
      questions: [
        {
          id: 'address',
          ask: 'How does the origin learn the client’s address through {{proxy}}?',
          input: {
            kind: 'choice',
            options: [
              { id: 'header', label: 'The proxy writes it into X-Forwarded-For', when: always },
              { id: 'not-at-all', label: 'Not at all, nothing in the request says it', when: always },
              { id: 'corrected', label: 'The client’s real address, alone or after the other', when: always },
            ],
          },
        },
        {
          id: 'connections',
          ask: 'How many connections does the origin accept?',
          input: { kind: 'number', unit: 'connections', fact: 'many.proxy.origin.connections', tolerance: 2 },
        },
        {
          id: 'crowd',
          ask: 'Who refuses the thirtieth request?',
          input: {
            kind: 'per-role',
            roles: ['proxy', 'gateway'],
            options: [
              { id: 'yes', label: 'It does', when: always },
              { id: 'no', label: 'It lets it through', when: always },
            ],
          },
        },
      ],
    },
    {
      type: 'task',
      id: 'tell',
      title: 'Tell the origin who asks',
      text: '',
      edit: ['nginx.conf'],
      scenario: 'shop.yaml',
      roles: ['proxy'],
      checks: [],
      hints: [],
      failWhen: [],
      solution: 'solution',
      states: [],
      wrong: [],
      also: [],
    },
    {
      type: 'explain',
      id: 'why',
      title: 'Two conversations, not one',
      text: '',
      about: ['guess'],
      prompt: 'Why did the origin not?',
      outcomes: [],
      otherwise: '',
      model: '',
    },
    {
      type: 'quiz',
      id: 'recall',
      title: 'Without the lab',
      text: '',
      questions: [
        {
          id: 'trust',
          ask: 'Whose X-Forwarded-For may an origin believe?',
          options: [
            { id: 'any', label: 'Anybody’s', right: false, why: '' },
            { id: 'own', label: 'That of its own proxy', right: true, why: '' },
          ],
        },
      ],
    },
  ],
}

export const limitLab: Lab = {
  ...hopLab,
  id: 'saying-no',
  number: 3,
  title: 'Saying no',
  minutes: 15,
  roles: [{ name: 'limiter', title: 'the limiter', systems: ['kong'], native: {} }],
  steps: [
    { type: 'read', id: 'scene', title: 'Somebody is greedy', text: '' },
    { type: 'read', id: 'end', title: 'What remains', text: '' },
  ],
}

export const labs: readonly Lab[] = [hopLab, limitLab]

/** Noon, by every clock. */
export const noon = Date.parse('2026-11-29T12:00:00Z')

export function minutes(count: number): string {
  return new Date(noon + count * 60_000).toISOString()
}

export interface ReportOf extends Partial<Omit<StepReport, 'lab' | 'step'>> {
  /** Minutes after noon. */
  readonly from?: number
  readonly to?: number | null
}

/** `lab/step` → what differs from a report of a step that was begun at noon and is not done. */
export function reportsOf(given: Readonly<Record<string, ReportOf>>): Readonly<Record<string, KeptReport>> {
  return Object.fromEntries(
    Object.entries(given).map(([key, { from = 0, to = null, ...more }], index) => {
      const [lab = '', step = ''] = key.split('/')
      const at = minutes(to ?? from)
      const report: KeptReport = {
        seq: index + 1,
        at,
        lab,
        step,
        answers: {},
        confidence: null,
        truths: {},
        figures: {},
        checks: null,
        hints: 0,
        done: to !== null,
        skipped: false,
        receivedAt: at,
        begunAt: minutes(from),
        doneAt: to === null ? null : at,
        ...more,
      }
      return [key, report]
    }),
  )
}

/** Here since noon, at no step yet. */
export function person(name: string, more: Partial<Participant> = {}): Participant {
  return {
    id: `id-${name}`,
    number: 0,
    name,
    team: null,
    machine: { version: '0.1.0', runtime: 'processes', systems: ['nginx', 'node-gateway'] },
    joinedAt: minutes(0),
    lastSeenAt: minutes(0),
    isConnected: true,
    at: null,
    reports: {},
    ...more,
  }
}

export function roomOf(participants: readonly Participant[], more: Partial<Room> = {}): Room {
  return {
    workshop: { id: 'w1', title: 'Gateways at noon', labs: labs.map(({ id }) => id), startedAt: minutes(0) },
    participants: participants.map((each, at) => ({ ...each, number: at + 1 })),
    joined: participants.length,
    orders: { version: 0, pauseAt: null, message: null, endsAt: null, isOver: false },
    projection: { shows: null, isRevealed: false },
    ...more,
  }
}

/** Who answered the questions of the first lab’s prediction, and what came out on that machine. */
export function guesser(
  name: string,
  answers: Readonly<Record<string, string>>,
  truths: Readonly<Record<string, string>> = {},
  more: Partial<StepReport> & { readonly team?: Participant['team'] } = {},
): Participant {
  const { team = null, ...report } = more
  return person(name, {
    team,
    at: { lab: 'one-hop', step: 'tell', since: minutes(5) },
    reports: reportsOf({
      'one-hop/scene': { from: 0, to: 1 },
      'one-hop/guess': { from: 1, to: 5, answers, truths, ...report },
      'one-hop/tell': { from: 5 },
    }),
  })
}
