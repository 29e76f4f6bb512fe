/** A plan made ready: everything that could be wrong with it is found before the first request. */
import type { Phase } from '../scenario/scenario.ts'
import { afterPath, methodToSend, pathToSend } from './http/request-bytes.ts'
import type { DriverPlan, Target } from './plan.ts'
import { checkShard } from './shards/common-start.ts'

export interface Prepared {
  readonly phases: readonly Phase[]
  /** By phase and mix entry. */
  readonly texts: readonly (readonly RequestText[])[]
}

/** A request but for its path. */
export interface RequestText {
  readonly method: string
  /** What follows the path, latin1. */
  readonly after: string
}

const maxConnections = 10_000

/** Throws RangeError that says what is wrong. */
export function prepare(plan: DriverPlan): Prepared {
  checkTarget(plan.target)
  const { connections, timeoutMs } = plan
  if (!Number.isInteger(connections) || connections < 1 || connections > maxConnections) {
    throw new RangeError(`connections must be 1–${maxConnections}`)
  }
  if (!(timeoutMs > 0)) throw new RangeError('timeoutMs must be more than 0')
  if (plan.shard) checkShard(plan.shard)
  if (plan.mode === 'closed' && !(plan.phases.length > 0 && plan.phases.every(({ forMs }) => forMs > 0))) {
    throw new RangeError('the duration of every phase must be more than 0')
  }
  const { phases } = plan
  const sendable = phases.map((phase) => ({
    ...phase,
    mix: phase.mix.map((entry) => ({ ...entry, path: (plan.target.basePath ?? '') + pathToSend(entry.path) })),
  }))
  const texts = phases.map(({ mix }) =>
    mix.map((entry) => ({ method: methodToSend(entry.method), after: afterPath(plan.target, entry) })),
  )
  return { phases: sendable, texts }
}

/** Throws RangeError. */
export function checkTarget({ host, port }: Target): void {
  if (typeof host !== 'string' || host === '') throw new RangeError('the target has no host')
  if (!Number.isInteger(port) || port < 1 || port > 65_535) throw new RangeError('the target’s port must be 1–65535')
}
