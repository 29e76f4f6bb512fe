import type { LineProbe, ProbeContext } from '../../probes/probe.ts'
import { tally, verdict } from '../../probes/probing.ts'
import type { Route } from '../routes/line.ts'
import type { Balancing } from './line.ts'

export interface BalancingNeeds {
  readonly routes: readonly Route[]
}

/** Shares over the instances, judged from what the origin's instances counted. */
export function balancingProbes(
  balancing: Balancing,
  { policy, probePaths, admitted, headroom, refillMs }: ProbeContext<BalancingNeeds>,
): readonly LineProbe[] {
  const route = policy.routes.find(({ origin }) => origin === balancing.origin)
  if (!route) return []
  return [
    {
      id: 'shares',
      claim: `${balancing.method} spreads requests over the instances of ${balancing.origin}`,
      run: async (tools) => {
        // Every request asks for another path, so that no cache can answer in the origin's place.
        const wanted = Math.min(24, headroom(route.path))
        const paths = probePaths(route.path, wanted)
        await tools.wait(refillMs(route.path))
        await tools.resetOrigin()
        const answers = await tools.send(
          ...Array.from({ length: wanted }, (_, n) => admitted(paths[n % paths.length]!)),
        )
        const { instances } = await tools.origin()
        const counts = Object.entries(instances).filter(([name]) => name.startsWith(`${balancing.origin}/`))
        const total = counts.reduce((sum, [, count]) => sum + count, 0)
        const weights = balancing.weights ?? counts.map(() => 1)
        const weightSum = weights.reduce((sum, weight) => sum + weight, 0)
        const shares = counts.map(([, count]) => count / total)
        // One request either way for each instance that a worker may have begun at, and one for rounding.
        const tolerance = 2 / Math.max(total, 1)
        const passed =
          total > 0 && shares.every((share, n) => Math.abs(share - (weights[n] ?? 0) / weightSum) <= tolerance)
        return verdict(
          passed,
          `shares of ${weights.join(' : ')} over ${counts.length} instances`,
          `${counts.map(([name, count]) => `${name}: ${count}`).join(', ')} (${tally(answers.map((a) => a.status))})`,
          answers,
        )
      },
    },
  ]
}
