import { expect, test } from 'vitest'
import { judgeHttp } from '../../../src/labs/checks/kinds/http.ts'
import { judgeTransform } from '../../../src/labs/checks/kinds/transform.ts'
import type { CheckTools } from '../../../src/labs/checks/tools.ts'
import type { RequestLine } from '../../../src/labs/file/request-line.ts'
import { nothingSeen } from '../../../src/labs/progress/observed-answers.ts'

const line = (client: string): RequestLine => ({
  as: client,
  method: 'GET',
  path: '/account',
  client,
  headers: [],
  times: 1,
  together: false,
  afterMs: 0,
})
/** A cache that gives everybody the first answer. */
const tools: CheckTools = {
  facts: () => undefined,
  problemOf: () => undefined,
  labelOf: () => 'nginx',
  ask: async (_, lines) => {
    const body = `{"owner": "${lines[0]!.client}"}`
    const answers = Map.groupBy(lines, ({ as }) => as)
    const answer = { status: 200, headers: [['content-type', 'application/json'] as const], body, durationMs: 1 }
    const filed = [...answers].map(([as, group]) => [as, group.map(() => answer)] as const)
    return { answers: Object.fromEntries(filed), origin: nothingSeen, from: lines.map(() => '127.0.0.1'), aside: '' }
  },
  observe: () => Promise.reject(new Error('not asked')),
  reference: async ({ client }) => ({ status: 200, headers: [], body: `{"owner": "${client}"}`, durationMs: 1 }),
  traffic: () => Promise.reject(new Error('not asked')),
}

test('an http check judges what comes after the requests before it, and says both', async () => {
  const check = { kind: 'http', role: 'proxy', headers: {}, body: { kind: 'contains', text: '"bob"' } } as const
  expect(await judgeHttp({ ...check, before: [], send: line('bob') }, tools)).toMatchObject({ state: 'right' })
  expect(await judgeHttp({ ...check, before: [line('alice')], send: line('bob') }, tools)).toMatchObject({
    state: 'wrong',
    request: 'GET /account as alice; then GET /account as bob, through nginx',
    received: '200, the body is “{"owner": "alice"}”',
    difference: 'the body does not contain “"bob"”',
  })
})

test('of one name, the requests before it are not judged', async () => {
  const check = { kind: 'http', role: 'proxy', headers: {}, status: 200 } as const
  let judgedOf = 0
  const counting: CheckTools = {
    ...tools,
    ask: async (role, lines) => {
      const seen = await tools.ask(role, lines)
      const [first, ...rest] = seen.answers['bob']!
      judgedOf = rest.length
      return { ...seen, answers: { bob: [{ ...first!, status: 500 }, ...rest] } }
    },
  }
  expect(await judgeHttp({ ...check, before: [line('bob')], send: line('bob') }, counting)).toMatchObject({
    state: 'right',
  })
  expect(judgedOf).toBe(1)
})

test('a transform check as well', async () => {
  const check = { kind: 'transform', role: 'proxy', as: 'json' } as const
  expect(await judgeTransform({ ...check, before: [], send: line('bob') }, tools)).toMatchObject({ state: 'right' })
  expect(await judgeTransform({ ...check, before: [line('alice')], send: line('bob') }, tools)).toMatchObject({
    state: 'wrong',
    difference: 'these are not the origin’s bytes',
  })
})
