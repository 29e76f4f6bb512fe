import type { Answer, Exchange } from '../../../http/answer.ts'
import { headerOf } from '../../../http/headers.ts'
import type { Request } from '../../../http/request.ts'
import { formatMs } from '../../../units.ts'
import { cacheStatusHeader } from '../../headers.ts'
import { answerHeader, type LineProbe, type ProbeContext, type ProbeTools } from '../../probes/probe.ts'
import { lineAt, tally, verdict, whileDressed } from '../../probes/probing.ts'
import type { Cache } from './line.ts'
import { type SharingNeeds, sharingProbes } from './sharing.ts'

/** A line without a ttl keeps what the origin says: so it is made to say this. */
const statedMs = 1000

/**
 * Every probe asks for an entry of its own, so that none finds what another left behind, and dresses the origin for
 * it: what a route says of keeping, and how often it fails, is not what the policy's line claims. Judged from the
 * origin's counts; that the cache's own word (X-Cache) agrees is a claim of its own.
 */
export function cacheProbes(cache: Cache, context: ProbeContext<SharingNeeds>): readonly LineProbe[] {
  const { policy, probePaths, admitted, headroom, rested, inTurn } = context
  const [forHit, forWord, forExpiry, forCrowd, forStale, forQuery, forOwner, forAge, forChange] = probePaths(
    cache.path,
    9,
  )
  if (forChange === undefined) return []
  const consumers = lineAt(policy.apiKey, cache.path)?.consumers ?? []
  const crowd = Math.min(30, headroom(cache.path))
  const lifeMs = cache.ttlMs || statedMs
  /** While the origin says nothing, or the shortest that there is where the line has no ttl; and counts from now on. */
  const undisturbed = async <Result>(
    tools: ProbeTools,
    paths: readonly string[],
    run: () => Promise<Result>,
    delayMs = 0,
  ): Promise<Result> => {
    await tools.resetOrigin()
    const headers = cache.ttlMs > 0 ? {} : { 'cache-control': `max-age=${statedMs / 1000}` }
    return whileDressed(tools, Object.fromEntries(paths.map((path) => [path, { headers, delayMs }])), run)
  }
  const ask = (tools: ProbeTools, ...requests: readonly Request[]): Promise<readonly Exchange[]> =>
    inTurn(tools, cache.path, ...requests)
  /** Asks from the end of its life on, until the origin was asked again: of what was stored, and what before it. */
  const expired = async (tools: ProbeTools, path: string): Promise<readonly Exchange[]> => {
    const storedAt = performance.now()
    const { requests } = await tools.origin()
    const answers: Exchange[] = []
    // Up to a second more: NGINX keeps time in whole seconds, and an entry of TTL N lives up to N + 1.
    for (const laterMs of [50, 300, 550, 800, 1050, 1200]) {
      await tools.wait(storedAt + lifeMs + laterMs - performance.now())
      answers.push(...(await ask(tools, admitted(path))))
      if ((await tools.origin()).requests > requests) break
    }
    return answers
  }
  const probes: LineProbe[] = [
    {
      id: 'hits',
      claim: 'a second request within the TTL comes from the cache',
      run: (tools) =>
        undisturbed(tools, [forHit!], async () => {
          const answers = await ask(tools, admitted(forHit!), admitted(forHit!))
          const { requests } = await tools.origin()
          const same = answers[0]?.body === answers[1]?.body && answers[0]?.status === 200
          return verdict(
            requests === 1 && same,
            'the same body twice; the origin saw 1',
            `${same ? 'the same body twice' : `${tally(answers.map(({ status }) => status))}, bodies differ`}; the origin saw ${requests}`,
            answers,
          )
        }),
    },
    {
      id: 'tells',
      aspect: 'cache-status',
      claim: 'X-Cache says which answer came from the cache',
      run: (tools) =>
        undisturbed(tools, [forWord!], async () => {
          const answers = await ask(tools, admitted(forWord!), admitted(forWord!))
          const said = statuses(answers)
          return verdict(said[0] !== 'HIT' && said[1] === 'HIT', 'MISS, HIT', said.join(', '), answers)
        }),
    },
    {
      id: 'expires',
      claim: `after ${formatMs(lifeMs)} (and up to a second more) the origin is asked again`,
      run: (tools) =>
        undisturbed(tools, [forExpiry!], async () => {
          const before = await ask(tools, admitted(forExpiry!))
          const after = await expired(tools, forExpiry!)
          const { requests } = await tools.origin()
          return verdict(
            requests === 2,
            'the origin saw 2',
            `the origin saw ${requests} (${statuses([...before, ...after]).join(', ')})`,
            [...before, ...after],
          )
        }),
    },
    {
      id: 'key',
      ...(cache.key.includes('query') ? { aspect: 'query-key' as const } : {}),
      claim: cache.key.includes('query') ? 'another query is another entry' : 'the query makes no difference',
      run: (tools) => {
        const paths = ['v=1', 'v=2'].map((more) => `${forQuery}${forQuery!.includes('?') ? '&' : '?'}${more}`)
        return undisturbed(tools, paths, async () => {
          const answers = await ask(tools, ...paths.map((path) => admitted(path)))
          const { requests } = await tools.origin()
          const wanted = cache.key.includes('query') ? 2 : 1
          return verdict(requests === wanted, `the origin saw ${wanted}`, `the origin saw ${requests}`, answers)
        })
      },
    },
    ...sharingProbes(context, cache.path),
    {
      id: 'forgets',
      aspect: 'invalidation',
      claim: 'after a POST that succeeded, what was stored of its URI is given to nobody',
      run: async (tools) => {
        const dressed = { [forChange]: { headers: { 'cache-control': 'max-age=60' } } }
        const answers = await whileDressed(tools, dressed, () =>
          ask(tools, ...['GET', 'POST', 'GET'].map((method) => ({ ...admitted(forChange), method }))),
        )
        const [before, , after] = answers.map(({ headers }) => headerOf(headers, answerHeader))
        return verdict(
          before !== after && answers.every(({ status }) => status === 200),
          '3 × 200; the last is another answer than the first',
          `${tally(answers.map(({ status }) => status))}; the last is ${before === after ? 'the first once more' : 'another answer than the first'}`,
          answers,
        )
      },
    },
  ]
  if (cache.coalesce)
    probes.push({
      id: 'coalesces',
      aspect: 'coalescing',
      claim: `${crowd} requests at once for a missing entry are one request to the origin`,
      run: (tools) =>
        undisturbed(
          tools,
          [forCrowd!],
          async () => {
            await rested(tools, cache.path, crowd)
            const answers = await tools.together(Array.from({ length: crowd }, () => admitted(forCrowd!)))
            const { requests } = await tools.origin()
            return verdict(
              requests === 1 && answers.every(({ status }) => status === 200),
              `${crowd} × 200; the origin saw 1`,
              `${tally(answers.map(({ status }) => status))}; the origin saw ${requests}`,
              answers,
            )
          },
          50,
        ),
    })
  if (cache.staleOnErrorMs > 0)
    probes.push({
      id: 'stale',
      aspect: 'stale-on-error',
      claim: 'an expired answer is served while the origin fails',
      run: (tools) =>
        undisturbed(tools, [forStale!, forAge!], async () => {
          const before = await ask(tools, admitted(forStale!), admitted(forAge!))
          await expired(tools, forAge!)
          await tools.failOrigin(true)
          const during = await ask(tools, admitted(forStale!)).finally(() => tools.failOrigin(false))
          const same = during[0]?.status === 200 && during[0].body === before[0]?.body
          return verdict(
            same,
            '200 with the old body',
            `${during[0]?.status} ${statuses(during).join()}${same ? '' : ' with another body'}`,
            [...before, ...during],
          )
        }),
    })
  if (cache.key.includes('consumer') && consumers.length > 1)
    probes.push({
      id: 'private',
      claim: 'one consumer’s answer never reaches another',
      run: (tools) =>
        undisturbed(tools, [forOwner!], async () => {
          const answers = await ask(tools, admitted(forOwner!, {}, 0), admitted(forOwner!, {}, 1))
          const { requests } = await tools.origin()
          return verdict(
            requests === 2,
            'the origin saw 2',
            `the origin saw ${requests} (${statuses(answers).join(', ')})`,
            answers,
          )
        }),
    })
  return probes
}

function statuses(answers: readonly Answer[]): readonly string[] {
  return answers.map(({ headers }) => headerOf(headers, cacheStatusHeader)?.toUpperCase() ?? 'no X-Cache')
}
