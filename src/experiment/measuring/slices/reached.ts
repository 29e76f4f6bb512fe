/** What reached the origins between two questions: they are asked, not reset, which is one call instead of two. */
import type { OriginCounts } from '../../../origin/spec.ts'
import type { OriginsAsked } from '../../origins.ts'

/** Resets the origins; each call of what it returns says what came since the one before. */
export async function openReached(
  origins: Pick<OriginsAsked, 'reset' | 'counts'>,
): Promise<() => Promise<readonly OriginCounts[]>> {
  await origins.reset()
  let before: readonly OriginCounts[] = []
  return async () => {
    const now = await origins.counts()
    const since = now.map((each) => {
      const known = before.find(({ name, instance }) => name === each.name && instance === each.instance)
      return known ? difference(each, known) : each
    })
    before = now
    return since
  }
}

function difference(now: OriginCounts, before: OriginCounts): OriginCounts {
  const requests = now.requests - before.requests
  return {
    ...now,
    requests,
    connections: now.connections - before.connections,
    routes: without(now.routes, before.routes),
    paths: without(now.paths, before.paths),
    consumers: without(now.consumers, before.consumers),
    statuses: without(now.statuses, before.statuses),
    last: requests > 0 ? now.last.slice(-requests) : [],
  }
}

type Counts = Readonly<Record<string, number>>

function without(now: Counts, before: Counts): Counts {
  return Object.fromEntries(
    Object.entries(now).flatMap(([name, count]) => {
      const more = count - (before[name] ?? 0)
      return more > 0 ? [[name, more]] : []
    }),
  )
}
