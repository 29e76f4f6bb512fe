/** Several drivers that carry out one plan together, each a shard of it. */
import { EdgeLabError } from '../../errors.ts'
import type { DriverClient } from '../driver-client.ts'
import { type DriverLoad, loadOf } from '../measure/merge.ts'
import type { DriverPlan, Frame, RunResult, Sample } from '../plan.ts'
import { framesInStep } from './frames-in-step.ts'

/** All drivers have the plan and are ready this long after it is sent, also on a busy machine. */
const leadMs = 250

export interface NamedDriver {
  readonly name: string
  readonly client: DriverClient
}

export interface SeveralDrivers extends DriverClient {
  /** As of one driver: frames are merged, and `loads` says what each of those that sent had to do. */
  run(
    plan: DriverPlan,
    onFrame: (frame: Frame) => void,
    signal: AbortSignal,
  ): Promise<RunResult & { readonly loads: readonly DriverLoad[] }>
}

/**
 * Acts as one driver. Where one of them fails the others are stopped, and the error names it. Exchanges go through the
 * first.
 */
export function severalDrivers(drivers: readonly [NamedDriver, ...NamedDriver[]]): SeveralDrivers {
  return {
    exchange: drivers[0].client.exchange,
    release: async (kept) => void (await Promise.all(drivers.map(({ client }) => client.release(kept)))),
    run: async (plan, onFrame, signal) => {
      const failed = new AbortController()
      const stopped = AbortSignal.any([signal, failed.signal])
      const shards = shardsOf(plan, drivers.length)
      const frames: Frame[][] = shards.map(() => [])
      const inStep = framesInStep(shards.length, onFrame)
      const runs = shards.map(async (shard, n) => {
        const { name, client } = drivers[n]!
        const take = (frame: Frame): void => {
          frames[n]!.push(frame)
          inStep.take(n, frame)
        }
        try {
          const result = await client.run(shard, take, stopped)
          inStep.ended(n)
          return result
        } catch (error) {
          // Of an abort only the first reason counts: failures that follow from this one are not reported.
          failed.abort(shards.length > 1 ? named(name, error) : error)
          throw error
        }
      })
      const ends = await Promise.allSettled(runs)
      stopped.throwIfAborted()
      const results = ends.flatMap((end) => (end.status === 'fulfilled' ? [end.value] : []))
      return {
        samples: firstOfEach(results.flatMap(({ samples }) => samples)),
        durationMs: Math.max(...results.map(({ durationMs }) => durationMs)),
        loads: frames.map(loadOf),
      }
    },
  }
}

/**
 * The plan for each of at most `drivers`: together they send the same requests at the same times over as many
 * connections. Fewer take part where there are fewer connections than drivers. The plan itself where one is enough.
 */
export function shardsOf(plan: DriverPlan, drivers: number): readonly DriverPlan[] {
  const of = Math.min(drivers, plan.connections)
  if (of <= 1) return [plan]
  const startAtMs = Date.now() + leadMs
  return Array.from({ length: of }, (_, index) => ({
    ...plan,
    connections: Math.floor(plan.connections / of) + (index < plan.connections % of ? 1 : 0),
    shard: { index, of, startAtMs },
  }))
}

function named(name: string, error: unknown): unknown {
  if (!(error instanceof EdgeLabError) || error.name !== 'driverFailed') return error
  return new EdgeLabError('driverFailed', { why: `${name}: ${error.message}` }, { cause: error })
}

/** One sample of each phase, client and status; of each different body, where those are counted. */
function firstOfEach(samples: readonly Sample[]): readonly Sample[] {
  const groups = Map.groupBy(samples, ({ phase, client, status, count, body }) =>
    JSON.stringify([phase, client, status, ...(count === undefined ? [] : [body])]),
  )
  return [...groups.values()].map(([first, ...more]) => {
    const { count, ...sample } = first!
    return count === undefined
      ? sample
      : { ...sample, count: more.reduce((sum, each) => sum + (each.count ?? 0), count) }
  })
}
