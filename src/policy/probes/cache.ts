import { formatMs } from '../../units.ts'
import type { PolicyLine } from '../lines.ts'
import { cacheStatusHeader } from '../policy.ts'
import type { Probe, ProbeAnswer, ProbeTools } from '../probe.ts'
import { admitted, headroom, locationOf, type ProbeContext, refillMs, tally, verdict } from './context.ts'

/**
 * Every probe asks for a path of its own, so that none finds what another left behind. Judged from the origin's
 * counts; the cache's own word (X-Cache) must agree. Without a TTL, what is kept is up to the origin, and there is nothing to claim.
 */
export function cacheProbes({ policy, places }: ProbeContext, { index, path: line }: PolicyLine): readonly Probe[] {
  const cache = policy.cache[index]!
  const [forHit, forExpiry, forCrowd, forStale, forQuery, forOwner] = places(cache.path, 6)
  if (forOwner === undefined || cache.ttlMs === 0) return []
  const base = { feature: 'cache', line } as const
  const consumers = locationOf(policy, cache.path)?.apiKey?.consumers ?? []
  const crowd = Math.min(30, headroom(policy, cache.path))
  const rested = (tools: ProbeTools): Promise<void> => tools.wait(refillMs(policy, cache.path))
  const probes: Probe[] = [
    {
      ...base,
      id: `${line}.hits`,
      claim: 'a second request within the TTL comes from the cache',
      run: async (tools) => {
        await rested(tools)
        await tools.resetOrigin()
        const answers = await tools.send(admitted(policy, forHit!), admitted(policy, forHit!))
        const { requests } = await tools.origin()
        const same = answers[0]?.body === answers[1]?.body && answers[0]?.status === 200
        return verdict(
          requests === 1 && same && statuses(answers)[1] === 'HIT',
          'MISS, HIT with the same body; the origin saw 1',
          `${statuses(answers).join(', ')}${same ? '' : ', bodies differ'}; the origin saw ${requests}`,
          answers,
        )
      },
    },
    {
      ...base,
      id: `${line}.expires`,
      claim: `after ${formatMs(cache.ttlMs)} (and up to a second more) the origin is asked again`,
      run: async (tools) => {
        await rested(tools)
        await tools.resetOrigin()
        const before = await tools.send(admitted(policy, forExpiry!))
        // A second more: NGINX keeps time in whole seconds, and an entry of TTL N lives up to N + 1.
        await tools.wait(cache.ttlMs + 1200)
        const after = await tools.send(admitted(policy, forExpiry!))
        const { requests } = await tools.origin()
        return verdict(
          requests === 2,
          'the origin saw 2',
          `the origin saw ${requests} (${statuses([...before, ...after]).join(', ')})`,
          [...before, ...after],
        )
      },
    },
    {
      ...base,
      id: `${line}.key`,
      claim: cache.key.includes('query') ? 'another query is another entry' : 'the query makes no difference',
      run: async (tools) => {
        await rested(tools)
        await tools.resetOrigin()
        const answers = await tools.send(admitted(policy, `${forQuery}?v=1`), admitted(policy, `${forQuery}?v=2`))
        const { requests } = await tools.origin()
        const wanted = cache.key.includes('query') ? 2 : 1
        return verdict(requests === wanted, `the origin saw ${wanted}`, `the origin saw ${requests}`, answers)
      },
    },
  ]
  if (cache.coalesce)
    probes.push({
      ...base,
      id: `${line}.coalesces`,
      claim: `${crowd} requests at once for a missing entry are one request to the origin`,
      run: async (tools) => {
        await rested(tools)
        await tools.resetOrigin()
        const answers = await tools.together(Array.from({ length: crowd }, () => admitted(policy, forCrowd!)))
        const { requests } = await tools.origin()
        return verdict(
          requests === 1 && answers.every(({ status }) => status === 200),
          `${crowd} × 200; the origin saw 1`,
          `${tally(answers.map(({ status }) => status))}; the origin saw ${requests}`,
          answers,
        )
      },
    })
  if (cache.staleOnErrorMs > 0)
    probes.push({
      ...base,
      id: `${line}.stale`,
      claim: 'an expired answer is served while the origin fails',
      run: async (tools) => {
        await rested(tools)
        const before = await tools.send(admitted(policy, forStale!))
        await tools.wait(cache.ttlMs + 1200)
        await tools.failOrigin(true)
        const during = await tools.send(admitted(policy, forStale!)).finally(() => tools.failOrigin(false))
        const same = during[0]?.status === 200 && during[0].body === before[0]?.body
        return verdict(
          same,
          '200 with the old body',
          `${during[0]?.status} ${statuses(during).join()}${same ? '' : ' with another body'}`,
          [...before, ...during],
        )
      },
    })
  if (cache.key.includes('consumer') && consumers.length > 1)
    probes.push({
      ...base,
      id: `${line}.private`,
      claim: 'one consumer’s answer never reaches another',
      run: async (tools) => {
        await rested(tools)
        await tools.resetOrigin()
        const answers = await tools.send(admitted(policy, forOwner, {}, 0), admitted(policy, forOwner, {}, 1))
        const { requests } = await tools.origin()
        return verdict(
          requests === 2,
          'the origin saw 2',
          `the origin saw ${requests} (${statuses(answers).join(', ')})`,
          answers,
        )
      },
    })
  return probes
}

function statuses(answers: readonly ProbeAnswer[]): readonly string[] {
  return answers.map(({ headers }) => headers[cacheStatusHeader]?.toUpperCase() ?? 'no X-Cache')
}
