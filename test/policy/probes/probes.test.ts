import { describe, expect, test } from 'vitest'
import { documentsIn, probePaths } from '../../../src/experiment/proof/probe-paths.ts'
import type { Policy } from '../../../src/policy/features/index.ts'
import { policyLines } from '../../../src/policy/lines.ts'
import { probesFor } from '../../../src/policy/probes/index.ts'
import type { ProbePaths } from '../../../src/policy/probes/probe.ts'
import { policyFiles, scenarioIn } from '../../conformance/policies.ts'
import { emptyPolicy } from '../empty-policy.ts'

/** Lines about which no probe claims anything. */
function unproved(policy: Policy, paths: ProbePaths): readonly string[] {
  const proved = new Set(probesFor({ policy, ...paths }).map(({ line }) => line))
  return policyLines(policy)
    .map(({ path }) => path)
    .filter((path) => !proved.has(path))
}

const somewhere: ProbePaths = {
  probePaths: (path, count) => Array.from({ length: count }, (_, n) => `${path}/${n}`),
  documents: (path) => [path],
}

const everything: Policy = {
  ...emptyPolicy,
  routes: [{ path: '/shop', origin: 'shop' }],
  balancing: [{ origin: 'shop', method: 'round-robin' }],
  cache: [{ path: '/shop', ttlMs: 1000, key: ['path', 'consumer'], coalesce: true, staleOnErrorMs: 1000 }],
  apiKey: [
    {
      path: '/shop',
      header: 'x-api-key',
      consumers: [
        { name: 'alice', key: 'key-a' },
        { name: 'bob', key: 'key-b' },
      ],
    },
  ],
  rateLimit: [
    { path: '/shop', ratePerSecond: 10, burst: 5, per: 'consumer' },
    { path: '/shop/slow', ratePerSecond: 1, burst: 2, per: 'address' },
  ],
  transform: [{ path: '/shop', representations: [{ accept: 'application/xml', as: 'xml' }] }],
}

describe('every line is proved', () => {
  test.each(policyFiles)('of %s', (file) => {
    const scenario = scenarioIn(file)
    const paths = { probePaths: probePaths(scenario), documents: (path: string) => documentsIn(scenario, path) }
    expect(unproved(scenario.policy, paths)).toEqual([])
  })

  test('and one about which nothing is claimed would be found', () => {
    expect(unproved(everything, somewhere)).toEqual([])
    const nowhere = { probePaths: () => [], documents: () => [] }
    expect(unproved(everything, nowhere)).toEqual([
      'routes.0',
      'cache.0',
      'apiKey.0',
      'rateLimit.0',
      'rateLimit.1',
      'transform.0',
    ])
  })

  test('ids are unique, and begin with their line', () => {
    const probes = probesFor({ policy: everything, ...somewhere })
    expect(new Set(probes.map(({ id }) => id)).size).toBe(probes.length)
    expect(
      probes.filter(({ id, line, feature }) => !id.startsWith(`${line}.`) || !line.startsWith(`${feature}.`)),
    ).toEqual([])
  })
})

describe('requests of probes heed every line at their path', () => {
  const policy = everything
  /** What the probe of the route sends: as it is let through, beside what it forges. */
  async function sent(
    of: Policy,
    id: string,
    paths = somewhere,
  ): Promise<{ headers: Record<string, string>[]; rests: [refillMs: number, count: number][] }> {
    const headers: Record<string, string>[] = []
    const rests: [refillMs: number, count: number][] = []
    const probe = probesFor({ policy: of, ...paths }).find((each) => each.id === id)!
    const answer = { status: 200, headers: [], body: '', durationMs: 1 }
    const nothing = async (): Promise<void> => undefined
    await probe.run({
      send: async (...requests) => {
        headers.push(...requests.map((request) => Object.fromEntries(request.headers)))
        return requests.map((request) => ({ ...answer, request }))
      },
      together: async (requests) => requests.map((request) => ({ ...answer, request })),
      reference: async (request) => ({ ...answer, request }),
      origin: async () => ({ requests: 1, instances: { 'shop/1': 1, 'shop/2': 1 }, paths: {}, last: [] }),
      resetOrigin: nothing,
      calmOrigin: nothing,
      failOrigin: nothing,
      breakOff: nothing,
      dressOrigin: nothing,
      wait: nothing,
      rest: async ({ refillMs }, count) => void rests.push([refillMs, count]),
    })
    return { headers, rests }
  }

  test('they carry a key where the path wants one, and none where it does not', async () => {
    expect((await sent(policy, 'routes.0.delivers')).headers).toEqual([
      { 'x-api-key': 'key-a', 'x-consumer': 'forged' },
    ])
    expect((await sent({ ...policy, apiKey: [] }, 'routes.0.delivers')).headers).toEqual([{ 'x-consumer': 'forged' }])
  })

  test('they rest wherever a bucket may be empty, for as long as it takes to fill', async () => {
    // Six requests through a bucket of five, that gets ten a second.
    expect((await sent(policy, 'routes.0.fails-alone')).rests).toEqual([
      [800, 5],
      [800, 1],
    ])
    expect((await sent({ ...policy, rateLimit: [] }, 'routes.0.fails-alone')).rests).toEqual([[0, 6]])
  })

  test('a Host of their own sets entries apart where the cache does not look at the query', async () => {
    const keyless = { ...policy, apiKey: [], rateLimit: [] }
    const byQuery = { ...keyless, cache: [{ ...policy.cache[0]!, key: ['path', 'query'] as const }] }
    const paths = { ...somewhere, probePaths: () => ['/shop?probe=7'] }
    expect((await sent(keyless, 'routes.0.fails-alone', paths)).headers).toEqual([{ host: 'probe-7.example' }])
    expect((await sent(byQuery, 'routes.0.fails-alone', paths)).headers).toEqual([{}])
  })
})
