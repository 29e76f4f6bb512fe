import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { get } from '../../../src/http/request.ts'
import { type Condition, comparators, forRole, type Truth } from '../../../src/labs/file/condition.ts'
import {
  castFacts,
  type Facts,
  factsOf,
  fileFacts,
  firstOf,
  roleFacts,
  truthOf,
  verdictFacts,
} from '../../../src/labs/progress/facts.ts'
import type { RoleObservation } from '../../../src/labs/progress/observation.ts'
import { freshStep, type Progress, progressFormatVersion } from '../../../src/labs/progress/progress.ts'
import { workspaceOf } from '../task-environment-here.ts'

const path = fc.constantFrom('a', 'b', 'c', 'd', 'e')
const values: Readonly<Record<string, unknown>> = { a: 1, b: 'nginx', c: null, d: '' }
const facts: Facts = (name) => values[name]

const leaf: fc.Arbitrary<Condition> = fc.record({
  fact: fc.oneof(path, fc.string()),
  is: fc.constantFrom(...comparators),
  than: fc.oneof(fc.integer(), fc.string(), fc.boolean(), fc.record({ fact: path, times: fc.double() })),
})
const { condition } = fc.letrec<{ condition: Condition }>((tie) => ({
  condition: fc.oneof(
    { depthSize: 'small' },
    leaf,
    fc.record({ all: fc.array(tie('condition'), { maxLength: 4 }) }),
    fc.record({ any: fc.array(tie('condition'), { maxLength: 4 }) }),
    fc.record({ not: tie('condition') }),
  ),
}))

const truth = (value: Condition): Truth => truthOf(value, facts)

describe('three-valued', () => {
  test('never throws, whatever the condition and whatever is known', () => {
    fc.assert(
      fc.property(condition, fc.anything(), (value, known) => {
        expect([true, false, 'unknown']).toContain(truthOf(value, () => known))
      }),
    )
  })

  test('not twice is nothing', () => {
    fc.assert(
      fc.property(condition, (value) => {
        expect(truth({ not: { not: value } })).toBe(truth(value))
      }),
    )
  })

  test('De Morgan', () => {
    fc.assert(
      fc.property(fc.array(condition, { maxLength: 4 }), (parts) => {
        expect(truth({ not: { all: parts } })).toBe(truth({ any: parts.map((part) => ({ not: part })) }))
        expect(truth({ not: { any: parts } })).toBe(truth({ all: parts.map((part) => ({ not: part })) }))
      }),
    )
  })

  test('order does not count; one that is false decides all, one that is true any', () => {
    fc.assert(
      fc.property(fc.array(condition, { maxLength: 4 }), (parts) => {
        expect(truth({ all: parts.toReversed() })).toBe(truth({ all: parts }))
        if (parts.map(truth).includes(false)) expect(truth({ all: parts })).toBe(false)
        if (parts.map(truth).includes(true)) expect(truth({ any: parts })).toBe(true)
      }),
    )
  })

  test('what becomes known never turns what was decided', () => {
    fc.assert(
      fc.property(condition, fc.anything(), (value, later) => {
        const before = truth(value)
        const after = truthOf(value, (name) => facts(name) ?? (facts(name) === undefined ? later : facts(name)))
        if (before !== 'unknown') expect(after).toBe(before)
      }),
    )
  })

  test.each<[Condition, Truth]>([
    [{ fact: 'a', is: '=', than: '1' }, true],
    [{ fact: 'a', is: '>=', than: { fact: 'a', times: 0.5 } }, true],
    [{ fact: 'b', is: '<', than: 3 }, 'unknown'],
    [{ fact: 'b', is: 'matches', than: '^ng' }, true],
    [{ fact: 'b', is: 'matches', than: '(' }, 'unknown'],
    [{ fact: 'c', is: 'absent' }, true],
    [{ fact: 'c', is: 'lacks', than: 'x' }, true],
    [{ fact: 'c', is: '=', than: 'null' }, false],
    [{ fact: 'd', is: 'present' }, false],
    [{ fact: 'e', is: 'absent' }, 'unknown'],
    [
      {
        all: [
          { fact: 'e', is: 'present' },
          { fact: 'a', is: '=', than: 2 },
        ],
      },
      false,
    ],
  ])('%j is %s', (value, expected) => {
    expect(truth(value)).toBe(expected)
  })
})

test('{role} becomes the role, in operands too', () => {
  const value: Condition = { not: { any: [{ fact: 'ask.{role}.x', is: '<', than: { fact: '{role}.y', times: 2 } }] } }
  expect(forRole(value, 'proxy')).toEqual({
    not: { any: [{ fact: 'ask.proxy.x', is: '<', than: { fact: 'proxy.y', times: 2 } }] },
  })
})

const proxy: RoleObservation = {
  label: 'nginx',
  system: 'nginx',
  version: null,
  problem: '',
  answers: { web: [{ status: 200, headers: [['X-Cache', 'HIT']], body: '{}', durationMs: 1 }] },
  counts: { web: { sent: 1, accepted: 1, refused: 0, failed: 0, fromCache: 1, byStatus: { 200: 1 } } },
  origin: {
    requests: 3,
    connections: 1,
    paths: { '/a.b/7?x=1.5': 2 },
    last: [get('/a'), { ...get('/b'), method: 'POST', body: 'x' }],
  },
  metrics: { 'rate-limit': { 'acceptedPerSecond.greedy': 21.5 } },
}

test.each<[string, unknown]>([
  ['proxy.answers.web.0.status', 200],
  ['proxy.answers.web.-1.headers.x-cache', 'HIT'],
  ['proxy.answers.web.0.headers.etag', null],
  ['proxy.answers.web.1.status', undefined],
  ['proxy.answers.other.0.status', undefined],
  ['proxy.origin.paths./a.b/7?x=1.5', 2],
  ['proxy.origin.paths./never', 0],
  ['proxy.counts.web.byStatus.429', 0],
  ['proxy.origin.last.0.headers.x-forwarded-for', null],
  ['proxy.origin.last.0.body', null],
  ['proxy.origin.last.1.body', 'x'],
  ['proxy.origin.last.-1.method', 'POST'],
  ['proxy.metrics.rate-limit.acceptedPerSecond.greedy', 21.5],
  ['proxy.metrics.caching.offload', undefined],
  ['proxy.constructor.name', undefined],
  ['proxy.__proto__', undefined],
  ['gateway.origin.requests', undefined],
])('%s is %s', (fact, expected) => {
  expect(roleFacts({ proxy })(fact)).toBe(expected)
})

test('runs, verdicts and files of a learner by their paths', () => {
  const workspace = workspaceOf({ 'native/edge.json': '{}' })
  const progress: Progress = {
    formatVersion: progressFormatVersion,
    lab: 'x',
    startedAt: '',
    at: 'ask',
    seed: 1,
    steps: {
      ask: { ...freshStep, observation: { step: 'ask', at: '', roles: { proxy }, findings: [] } },
      fix: {
        ...freshStep,
        verdicts: [{ id: 'ok', describe: '', state: 'wrong', request: '', expected: '', received: '', difference: '' }],
      },
    },
  }
  const steps = [{ id: 'ask', type: 'run' }] as never
  const verdicts = [{ id: 'ok', state: 'right' as const, received: '200', difference: '' }]
  const players = castFacts([{ role: 'proxy', system: 'nginx' }])
  const live = firstOf(players, verdictFacts(verdicts), fileFacts(workspace.path))
  const known = factsOf({ steps } as never, progress)
  expect(known('ask.proxy.origin.requests')).toBe(3)
  expect(known('check.ok')).toBe('wrong')
  expect(factsOf({ steps } as never, progress, live)('check.ok')).toBe('right')
  expect(live('check.ok.received')).toBe('200')
  expect(live('check.ok.difference')).toBe('')
  expect(live('check.ok.request')).toBeUndefined()
  expect(live('cast.proxy')).toBe('nginx')
  expect(live('cast.gateway')).toBeUndefined()
  expect(live('file.native/edge.json')).toBe('{}')
  expect(live('file.../../etc/passwd')).toBeUndefined()
  expect(live('file.native')).toBeUndefined()
  expect(known('fix.proxy.origin.requests')).toBeUndefined()
  workspace.remove()
})
