import { expect, test } from 'vitest'
import { policyInput } from '../../../../src/policy/input.ts'
import { policyProblems, toPolicy } from '../../../../src/policy/parse.ts'

const read = (more: object): ReturnType<typeof policyInput.parse> =>
  policyInput.parse({ routes: [{ path: '/', origin: 'shop' }], ...more })
const apiKey = [{ path: '/account', consumers: ['web'] }]
const transform = [{ path: '/products', representations: [{ accept: 'application/xml', as: 'xml' }] }]

test.each([
  ['/', ['path', 'query']],
  ['/account/orders', ['path', 'query', 'consumer']],
  ['/products', ['path', 'query', 'representation']],
])('the key of %s has the parts by which other features set its answers apart', (path, key) => {
  const { cache } = toPolicy(read({ apiKey, transform, cache: [{ path }] }), () => 'key')
  expect(cache[0]?.key).toEqual(key)
})

test('a key that was written stands, and is told what it mixes', () => {
  const input = read({ apiKey, transform, cache: [{ path: '/', key: ['query'] }] })
  expect(toPolicy(input, () => 'key').cache[0]?.key).toEqual(['query'])
  expect(policyProblems(input, new Map([['shop', 1]]))).toEqual([
    {
      path: ['cache', 0, 'key'],
      message: 'transform makes several answers of one path: add representation to the key',
    },
    { path: ['cache', 0, 'key'], message: 'a key without path would mix all answers' },
  ])
})

test.each([
  ['authorization', ['path', 'query'], 1],
  ['authorization', ['path', 'query', 'consumer'], 0],
  ['authorization', undefined, 0],
  ['x-api-key', ['path', 'query'], 0],
])('a key in %s and the cache’s key %j: %i mistakes', (header, key, mistakes) => {
  const input = read({
    apiKey: [{ path: '/account', header, consumers: ['alice', 'bob'] }],
    cache: [{ path: '/account', key }],
  })
  const problems = policyProblems(input, new Map([['shop', 1]]))
  expect(problems.map(({ path }) => path.join('.'))).toEqual(Array.from({ length: mistakes }, () => 'cache.0.key'))
  for (const { message } of problems)
    expect(message).toMatch(/^a key in authorization makes every answer one consumer’s own \(RFC 9111, §3\.5\)/)
})
