import type { LineProbe, ProbeContext } from '../../probes/probe.ts'
import { tally, verdict, whileDressed } from '../../probes/probing.ts'
import type { Route } from '../routes/line.ts'
import type { Balancing } from './line.ts'

export interface BalancingNeeds {
  readonly routes: readonly Route[]
}

/** Judged from what the origin's instances counted. */
export function balancingProbes(balancing: Balancing, context: ProbeContext<BalancingNeeds>): readonly LineProbe[] {
  const route = context.policy.routes.find(({ origin }) => origin === balancing.origin)
  if (!route) return []
  return [
    balancing.method === 'least-connections'
      ? avoidsBusy(balancing, route, context)
      : shares(balancing, route, context),
  ]
}

function shares(
  { origin, method, weights: given }: Balancing,
  { path }: Route,
  { probePaths, admitted, headroom, rested }: ProbeContext,
): LineProbe {
  return {
    id: 'shares',
    claim: `${method} spreads requests over the instances of ${origin}`,
    run: async (tools) => {
      // Every request asks for another path, so that no cache can answer in the origin's place.
      const wanted = Math.min(24, headroom(path))
      const paths = probePaths(path, wanted)
      await rested(tools, path, wanted)
      await tools.resetOrigin()
      const answers = await tools.send(...Array.from({ length: wanted }, (_, n) => admitted(paths[n % paths.length]!)))
      const counts = Object.entries((await tools.origin()).instances).filter(([name]) => name.startsWith(`${origin}/`))
      const total = counts.reduce((sum, [, count]) => sum + count, 0)
      const weights = given ?? counts.map(() => 1)
      const weightSum = weights.reduce((sum, weight) => sum + weight, 0)
      // One request either way for each instance that a worker may have begun at, and one for rounding.
      const tolerance = 2 / Math.max(total, 1)
      return verdict(
        total > 0 &&
          counts.every(([, count], n) => Math.abs(count / total - (weights[n] ?? 0) / weightSum) <= tolerance),
        `shares of ${weights.join(' : ')} over ${counts.length} instances`,
        `${counts.map(([name, count]) => `${name}: ${count}`).join(', ')} (${tally(answers.map((a) => a.status))})`,
        answers,
      )
    },
  }
}

/** Long enough for the others to be answered meanwhile. */
const busyMs = 1500

/** How requests spread while nobody is busy is not said: ties may be broken in turn or by lot. */
function avoidsBusy(
  { origin }: Balancing,
  { path }: Route,
  { probePaths, admitted, headroom, rested }: ProbeContext,
): LineProbe {
  return {
    id: 'avoids-busy',
    claim: `while an instance of ${origin} is at work on a request, the others get the next ones`,
    run: async (tools) => {
      const [slow, ...quick] = probePaths(path, Math.max(2, Math.min(9, headroom(path))))
      await rested(tools, path, quick.length + 1)
      await tools.resetOrigin()
      return whileDressed(tools, { [slow!]: { headers: {}, delayMs: busyMs } }, async () => {
        let working = true
        const slowly = tools.send(admitted(slow!)).finally(() => {
          working = false
        })
        while (working && (await tools.origin()).requests === 0) await tools.wait(20)
        const answers = await tools.send(...quick.map((each) => admitted(each)))
        const inTime = working
        await slowly
        const { paths } = await tools.origin()
        const [busy] = Object.keys(paths).filter((name) => paths[name]!.includes(slow!))
        const others = busy ? paths[busy]!.filter((each) => each !== slow).length : 0
        return verdict(
          inTime && busy !== undefined && others === 0 && answers.every(({ status }) => status === 200),
          `none of ${quick.length} requests at the busy instance`,
          `${inTime ? '' : 'it was no longer busy; '}${others} at ${busy ?? 'no instance'} (${tally(answers.map((a) => a.status))})`,
          answers,
        )
      })
    },
  }
}
