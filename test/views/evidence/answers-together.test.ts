import { expect, test } from 'vitest'
import { answersTogether } from '../../../src/views/evidence/answers-together.ts'

const refused = {
  status: 429,
  headers: [['Retry-After', '1']] as const,
  body: '{}',
  remark: '429 and when to come back',
}

test('the same answer of several systems is shown once; one header more is another answer', () => {
  const answers = [
    { label: 'nginx', ...refused },
    { label: 'caddy', ...refused, headers: [...refused.headers, ['RateLimit-Limit', '10'] as const] },
    { label: 'haproxy', ...refused },
  ]
  const shown = answersTogether({ kind: 'bodies', title: 'told', request: 'the first', answers })
  expect(shown.map(({ label }) => label)).toEqual(['nginx and haproxy', 'caddy'])
  expect(shown[0]).toEqual({ label: 'nginx and haproxy', ...refused })
})
