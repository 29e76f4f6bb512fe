import { expect, test } from 'vitest'
import { sentences } from '../../src/comparison/blocks.ts'

test('systems of which the same is said share a sentence, where the first of them stands', () => {
  const said = [
    { label: 'nginx', says: 'let 69 through.' },
    { label: 'caddy', says: 'limited nobody.' },
    { label: 'haproxy', says: 'let 69 through.' },
    { label: 'envoy', says: 'let 69 through.' },
  ]
  expect(sentences(said)).toEqual(['nginx, haproxy and envoy let 69 through.', 'caddy limited nobody.'])
})
